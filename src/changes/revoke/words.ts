import { lines, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { actions, message, section, sections, userText } from '../../markup/parts.js';
import { type Outcome, type Subject, subjectsWith } from '../../requests/request.js';
import type { Words } from '../change.js';
import { PASSWORD_WAS_READABLE } from '../warnings.js';
import {
  briefIdentity,
  claimWords,
  identityWords,
  inOnezoneWords,
  leftForYou,
  leftWords,
  outcomeLines,
  peopleWords,
  progressWords,
  serviceWords,
  slackOf,
} from '../words.js';
import type { RevokeRequest } from './ask.js';

const MAX_NAMED = 4;

export const revokeWords: Words<RevokeRequest> = {
  wish: (request) =>
    mrkdwn`take from ${peopleWords(slackOf(request.subjects), MAX_NAMED)} the access to ${serviceWords(request)}`,
  brief: (request) =>
    request.subjects.map(
      (subject) =>
        mrkdwn`${mention(subject.slack)}: ${briefIdentity(subject.identity)} · has ${claimsOf(request, subject)}`,
    ),
  effect: (request) => ({
    facts: [],
    lines: request.subjects.map(
      (subject) =>
        mrkdwn`${mention(subject.slack)}: ${identityWords(subject.identity, { full: true })} has ${claimsOf(request, subject)} → none of it; what others gave stays`,
    ),
  }),
  warnings: () => [mrkdwn`${PASSWORD_WAS_READABLE}`],
  underWay: progressWords,
  after,
  notable: (request) => [
    inOnezoneWords(request.subjects, MAX_NAMED),
    ...results(request),
    mrkdwn`${PASSWORD_WAS_READABLE}`,
  ],
  result: (request) => [...results(request), mrkdwn`${PASSWORD_WAS_READABLE}`],
  done: (request) => ({
    headline: mrkdwn`Revoked: ${after(request)}`,
    parts: [
      sections([inOnezoneWords(request.subjects, MAX_NAMED), ...results(request)]),
      section(mrkdwn`${PASSWORD_WAS_READABLE}`),
    ],
    buttons: [],
  }),
  toSubject: (request, { outcome }) => {
    if (outcome.kind !== 'done') return null;
    const what = mrkdwn`Your access to ${serviceWords(request)} has been ended by ${mention(request.requester)}.`;
    const left = leftForYou(outcome.left ?? 'nothing', outcome.has);
    const next = mrkdwn`Identifiers that you registered stay as they are. If this is a mistake, talk to ${mention(request.requester)}, or ask again.`;
    return message(what, [
      section(lines([what, left])),
      ...(request.reason === ''
        ? []
        : [userText({ label: 'Why', by: request.requester, text: request.reason })]),
      section(next),
      actions(
        openButton('grant', {
          text: 'Request access again',
          says: `Request access to ${request.service?.name ?? ''} again`,
          values: serviceValue(request.service),
        }),
      ),
    ]);
  },
  announcement: () => null,
  again: '/handle revoke',
};

function after(request: RevokeRequest): Markup {
  const people = peopleWords(slackOf(subjectsWith(request, 'done')), MAX_NAMED);
  return mrkdwn`${people} no longer has access to ${serviceWords(request)} through this desk`;
}

function claimsOf({ body }: RevokeRequest, { identity }: Subject): Markup {
  const claims = body.claims.filter((claim) => claim.onezone === identity?.onezone);
  return joinedBy(
    claims.map((claim) => claimWords(claim)),
    ' and ',
  );
}

const results = (request: RevokeRequest): readonly Markup[] =>
  outcomeLines(request, (_, outcome) => goneWords(outcome));

export const goneWords = (outcome: Extract<Outcome, { kind: 'done' }>): Markup =>
  mrkdwn`taken away; ${leftWords(outcome.left ?? 'nothing')}`;

const joinedBy = (parts: readonly Markup[], word: string): Markup =>
  parts.reduce<Markup | null>(
    (all, part) => (all === null ? part : mrkdwn`${all}${word}${part}`),
    null,
  ) ?? mrkdwn`nothing`;
