import type { KnownBlock } from '@slack/types';
import type { ToTell } from '../../../chat.js';
import type { GrantRequest, RegisterRequest, Request } from '../../../requests/request.js';
import { actionIds } from '../../ids.js';
import type { Message } from '../render/message.js';
import { actions, context, list, preformatted, section, sections } from '../render/blocks.js';
import { button } from '../render/elements.js';
import { bold, code, joined, lines, type Markup, mrkdwn, moment } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { comments, commentWords, decidedWords } from './decision-words.js';
import type { Facts } from './facts.js';
import { firstIdentifier, firstIdentifierWords } from './first-identifier.js';
import { activeOf, outcomeLines, progressWords } from './outcome-lines.js';
import {
  access,
  agreedBy,
  canNow,
  isEnded,
  rolesWords,
  serviceName,
  statusOf,
  untilWords,
  youAsked,
} from './request-words.js';
import { troubleLines } from './trouble-words.js';
import { warningsOf } from './warnings.js';

/** What the requester is told: how it ended, why, and what to do now. Drawn again while many people are let in. */
export function outcome({ request }: ToTell, facts: Facts): Message {
  switch (request.status) {
    case 'pending':
    case 'approved':
    case 'carrying out':
      return underWay(request);
    case 'done':
      return request.change === 'grant' ? granted(request, facts) : registered(request);
    case 'failed':
    case 'unclear':
      return wentWrong(request, facts);
    case 'denied':
      return denied(request);
    case 'withdrawn':
      return short(request, [mrkdwn`You withdrew it. Nothing was changed in Onezone.`]);
    case 'lapsed':
      return lapsed(request);
  }
}

function underWay(request: Request): Message {
  const isRunning = request.status === 'carrying out' && request.change === 'grant';
  const progress = isRunning ? [mrkdwn`${progressWords(request)}.`] : [];
  return short(request, [...decidedWords(request), ...progress]);
}

function granted(request: GrantRequest, facts: Facts): Message {
  if (activeOf(request).length === 0) return short(request, noLonger(request));
  const isForMe = isActive(request, request.requester);
  const headline = grantedWords(request, isForMe);
  const results = request.people.length === 1 ? [] : outcomeLines(request);
  const steps = isForMe ? firstIdentifier(request, facts) : [];
  return message(
    lines([
      headline,
      agreedBy(request),
      ...results,
      ...(isForMe ? [firstIdentifierWords(request, facts)] : []),
    ]),
    [
      section(mrkdwn`✅ ${headline} ${agreedBy(request)}`),
      ...(results.length === 0 ? [] : list(bold('Person by person'), results)),
      ...steps,
      context(mrkdwn`Request ${request.id}`),
    ],
  );
}

/** Its time is up before anybody was told that it began, or while Onezone does not answer. */
function noLonger(request: GrantRequest): readonly Markup[] {
  return isEnded(request)
    ? outcomeLines(request)
    : [mrkdwn`Its time is up: the access is being taken back.`, ...outcomeLines(request)];
}

function grantedWords(request: GrantRequest, isForMe: boolean): Markup {
  const active = activeOf(request).map((it) => it.slack);
  const of = request.people.length;
  if (of === 1 && isForMe) return mrkdwn`${bold('Granted:')} you can now ${access(request)}.`;
  const title = active.length === of ? 'Granted:' : `Granted to ${active.length} of ${of}:`;
  return mrkdwn`${bold(title)} ${canNow(request, active, 4)}.`;
}

function registered(request: RegisterRequest): Message {
  const name = serviceName(request);
  const id = request.service?.id ?? '';
  const headline = mrkdwn`${bold('Registered:')} ${bold(name)} is now a handle service in Onezone.`;
  const warnings = warningsOf(request);
  const next = mrkdwn`Nobody is a member of it yet. Next: give people access.`;
  const grant = button({
    text: 'Grant access',
    says: `Grant access to ${name}`,
    action: actionIds.openGrant,
    value: id,
    style: 'primary',
  });
  return message(
    lines([headline, mrkdwn`Its id: ${code(id)}`, ...warnings, agreedBy(request), next]),
    [
      section(mrkdwn`✅ ${headline} ${agreedBy(request)}`),
      section(mrkdwn`Its id in Onezone:`),
      preformatted(id),
      ...(warnings.length === 0 ? [] : list(bold('Mind'), warnings)),
      context(mrkdwn`Request ${request.id}. ${next}`),
      actions(grant),
    ],
  );
}

function wentWrong(request: Request, facts: Facts): Message {
  const said = troubleLines(request);
  if (request.change === 'register') return short(request, said);
  const some = activeOf(request).length > 0 && !isEnded(request);
  const results = request.people.length > 1 ? outcomeLines(request) : [];
  const isForMe = some && isActive(request, request.requester);
  return short(request, [...said, ...(some ? [countWords(request)] : []), ...results], {
    spoken: isForMe ? [firstIdentifierWords(request, facts)] : [],
    blocks: isForMe ? firstIdentifier(request, facts) : [],
  });
}

function countWords(request: GrantRequest): Markup {
  const active = activeOf(request).length;
  return mrkdwn`${active} of ${request.people.length} have access ${untilWords(request)}.`;
}

const isActive = (request: GrantRequest, who: string): boolean =>
  activeOf(request).some((it) => it.slack === who);

function denied(request: Request): Message {
  const next = mrkdwn`Nothing was changed. Talk to whoever denied it, or ask again with ${code('/handle request')}.`;
  const comment = commentWords(request);
  const spoken = comment === null ? [] : [comment];
  return short(request, [...decidedWords(request), next], {
    spoken,
    blocks: comments({ ...request, decisions: request.decisions.slice(-1) }),
  });
}

function lapsed(request: Request): Message {
  const when = request.lapsesAt === null ? mrkdwn`` : mrkdwn` (until ${moment(request.lapsesAt)})`;
  const whom = rolesWords(request.approval?.by ?? []);
  return short(request, [
    mrkdwn`Nobody decided in time${when}. Nothing was changed.`,
    mrkdwn`Next: ask someone with the role ${whom} directly, then ask again with ${code('/handle request')}.`,
  ]);
}

/** The state in a word, what was asked, and what is to be said about it. */
function short(
  request: Request,
  said: readonly Markup[],
  more: { readonly spoken: readonly Markup[]; readonly blocks: readonly KnownBlock[] } = {
    spoken: [],
    blocks: [],
  },
): Message {
  const { sign, word } = statusOf(request);
  const what = youAsked(request);
  return message(
    joined(
      [mrkdwn`${word}: ${what}.`, ...said, ...more.spoken, mrkdwn`Request ${request.id}.`],
      '\n',
    ),
    [
      section(mrkdwn`${sign} ${bold(`${word}:`)} ${what}.`),
      ...sections(said),
      ...more.blocks,
      context(mrkdwn`Request ${request.id}`),
    ],
  );
}
