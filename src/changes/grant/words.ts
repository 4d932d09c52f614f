import { bold, lines, type Markup, mention, moment, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { context, list, message, section } from '../../markup/parts.js';
import { levelWords } from '../../requests/level.js';
import { type Outcome, type Subject, subjectsWith } from '../../requests/request.js';
import { agreedBy } from '../agreed-by.js';
import type { Done, Words } from '../change.js';
import type { Facts } from '../facts.js';
import { PASSWORD_WARNING, PASSWORD_WAS_READABLE } from '../warnings.js';
import {
  inOnezone,
  inOnezoneWords,
  outcomeLines,
  peopleWords,
  plural,
  privilegesWords,
  progressWords,
  serviceWords,
  slackOf,
  untilWords,
} from '../words.js';
import type { GrantRequest } from './ask.js';
import { effectWords } from './effect-words.js';
import { endingWords } from './ending-words.js';
import { firstIdentifier, firstIdentifierWords } from './first-identifier.js';

const MAX_NAMED_IN_ANNOUNCEMENT = 6;
const MAX_NAMED = 4;

export const grantWords: Words<GrantRequest> = {
  wish: (request) =>
    mrkdwn`let ${peopleWords(slackOf(request.subjects), MAX_NAMED)} ${access(request)}`,
  ownWish: access,
  effect: effectWords,
  warnings: ({ ask }) => [
    mrkdwn`${PASSWORD_WARNING}`,
    ...(ask.level === 'own' ? [mrkdwn`With Own they can also ${levelWords.own.means}.`] : []),
  ],
  underWay: progressWords,
  result: (request) => [...grantedCount(request), ...results(request), ...afterwards(request)],
  done,
  toSubject: (request, subject, facts) => {
    const { level } = request.ask;
    const can = mrkdwn`You can now ${access(request)}.`;
    const means = mrkdwn`Whoever may ${level} it can ${levelWords[level].means}.`;
    const who = mrkdwn`${mention(request.requester)} asked for it. ${agreedBy(request)}`;
    const as = inOnezoneWords([subject], 1);
    return message(lines([can, means, as, who, firstIdentifierWords(request, facts)]), [
      section(lines([can, means, as, who])),
      ...firstIdentifier(request, facts),
      context(mrkdwn`Request ${request.id}`),
    ]);
  },
  /** Who can do what until when. Never why: a reason was written for the approvers. */
  announcement: (request) => {
    const have = subjectsWith(request, 'done');
    const people = slackOf(have);
    const who = inOnezoneWords(have, MAX_NAMED_IN_ANNOUNCEMENT);
    const can = mrkdwn`${canNow(request, people, MAX_NAMED_IN_ANNOUNCEMENT)}.`;
    return message(lines([can, who, agreedBy(request)]), [
      section(lines([can, who])),
      context(mrkdwn`${agreedBy(request)} Request ${request.id}`),
    ]);
  },
  ending: endingWords,
  again: '/handle request',
};

/** `use *DataCite* for 90 days` */
function access(request: GrantRequest): Markup {
  const { ask, body } = request;
  return mrkdwn`${ask.level} ${serviceWords(request)} ${untilWords(body.end, ask.until)}`;
}

/** `<@U2> can now use *DataCite* until …`, of those who have it. */
const canNow = (request: GrantRequest, people: readonly string[], named: number): Markup =>
  mrkdwn`${peopleWords(people, named)} can now ${access(request)}`;

function done(request: GrantRequest, facts: Facts): Done {
  const active = subjectsWith(request, 'done');
  if (active.length === 0) return noLonger(request);
  const isForMe = active.some(({ slack }) => slack === request.requester);
  const lines = request.subjects.length === 1 ? [] : results(request);
  const who = inOnezoneWords(active, MAX_NAMED);
  return {
    headline: headline(request, { active, isForMe }),
    parts: [
      ...(lines.length === 0 ? [section(who)] : [list(bold('Person by person'), lines)]),
      ...(isForMe ? firstIdentifier(request, facts) : []),
    ],
    spoken: [
      ...(lines.length === 0 ? [who] : lines),
      ...(isForMe ? [firstIdentifierWords(request, facts)] : []),
    ],
    buttons: [],
  };
}

function headline(
  request: GrantRequest,
  { active, isForMe }: { readonly active: readonly Subject[]; readonly isForMe: boolean },
): Markup {
  const of = request.subjects.length;
  if (of === 1 && isForMe) return mrkdwn`${bold('Granted:')} you can now ${access(request)}.`;
  const title =
    active.length === of ? 'Granted:' : `Granted to ${String(active.length)} of ${String(of)}:`;
  return mrkdwn`${bold(title)} ${canNow(request, slackOf(active), MAX_NAMED)}.`;
}

/** Its time is up before anybody was told that it began, or while Onezone does not answer. */
function noLonger(request: GrantRequest): Done {
  const isEnding = subjectsWith(request, 'ending').length > 0;
  const lines = results(request);
  const again = openButton('grant', {
    text: 'Request access again',
    says: `Request access to ${request.service?.name ?? ''} again`,
    values: serviceValue(request.service),
  });
  return {
    headline: isEnding
      ? mrkdwn`${bold('Over:')} the time to ${access(request)} is up, and the access is being taken back.`
      : mrkdwn`${bold('Ended:')} the time to ${access(request)} is up.`,
    parts: [list(bold('Person by person'), lines)],
    spoken: lines,
    buttons: isEnding ? [] : [again],
  };
}

const results = (request: GrantRequest): readonly Markup[] =>
  outcomeLines(request, ({ identity }, outcome) => {
    const words = doneWords(request, outcome);
    return identity === null ? words : mrkdwn`${inOnezone(identity)} is ${words}`;
  });

function doneWords({ body }: GrantRequest, outcome: Extract<Outcome, { kind: 'done' }>): Markup {
  const has = mrkdwn`member with ${privilegesWords(outcome.has ?? [])}`;
  if (outcome.added?.length === 0) {
    return mrkdwn`${has}; had all of it before, nothing was added`;
  }
  return body.end === null ? mrkdwn`${has}, with no end` : mrkdwn`${has} until ${moment(body.end)}`;
}

function grantedCount(request: GrantRequest): readonly Markup[] {
  const active = subjectsWith(request, 'done').length;
  if (active === 0) return [];
  const of = request.subjects.length;
  if (of === 1) return [mrkdwn`Read back from Onezone:`];
  const people = plural(active, 'person', 'people');
  const until = untilWords(request.body.end, request.ask.until);
  return [mrkdwn`${people} of ${of} have access ${until}, read back from Onezone.`];
}

function afterwards({ subjects }: GrantRequest): readonly Markup[] {
  const isOver = subjects.every(({ outcome }) => ['ended', 'failed'].includes(outcome.kind));
  const wasThere = subjects.some(({ outcome }) => outcome.kind === 'ended');
  return isOver && wasThere ? [mrkdwn`${PASSWORD_WAS_READABLE}`] : [];
}
