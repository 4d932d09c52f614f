import { bold, lines, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { actions, context, list, message, section, userText } from '../../markup/parts.js';
import { type Outcome, subjectsWith } from '../../requests/request.js';
import type { Words } from '../change.js';
import { PASSWORD_WAS_READABLE } from '../warnings.js';
import {
  claimWords,
  identityWords,
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
  effect: (request, _, { full }) => ({
    facts: [],
    common: null,
    lines: request.subjects.map(({ slack, identity }) => {
      const claims = request.body.claims
        .filter((claim) => claim.onezone === identity?.onezone)
        .map((claim) => claimWords(claim));
      return mrkdwn`${mention(slack)}: ${identityWords(identity, { full })} has ${joinedBy(claims, ' and ')} → none of it; what others gave stays`;
    }),
  }),
  warnings: () => [mrkdwn`${PASSWORD_WAS_READABLE}`],
  underWay: progressWords,
  result: (request) => [...results(request), mrkdwn`${PASSWORD_WAS_READABLE}`],
  done: (request) => {
    const people = peopleWords(slackOf(subjectsWith(request, 'done')), MAX_NAMED);
    const said = results(request);
    return {
      headline: mrkdwn`${bold('Revoked:')} ${people} no longer has access to ${serviceWords(request)} through this desk.`,
      parts: [list(bold('Person by person'), said), section(mrkdwn`${PASSWORD_WAS_READABLE}`)],
      spoken: [...said, mrkdwn`${PASSWORD_WAS_READABLE}`],
      buttons: [],
    };
  },
  toSubject: (request, { outcome }) => {
    if (outcome.kind !== 'done') return null;
    const what = mrkdwn`Your access to ${serviceWords(request)} has been ended by ${mention(request.requester)}.`;
    const left = leftForYou(outcome.left ?? 'nothing', outcome.has);
    const next = mrkdwn`Identifiers that you registered stay as they are. If this is a mistake, talk to ${mention(request.requester)}, or ask again.`;
    const why =
      request.reason === ''
        ? []
        : [mrkdwn`Why, in the words of ${mention(request.requester)}: ${request.reason}`];
    return message(lines([what, left, ...why, next]), [
      section(lines([what, left])),
      ...(request.reason === ''
        ? []
        : [userText({ label: 'Why', by: request.requester, text: request.reason })]),
      section(next),
      context(mrkdwn`Request ${request.id}`),
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

const results = (request: RevokeRequest): readonly Markup[] =>
  outcomeLines(request, (_, outcome) => goneWords(outcome));

export const goneWords = (outcome: Extract<Outcome, { kind: 'done' }>): Markup =>
  mrkdwn`taken away; ${leftWords(outcome.left ?? 'nothing')}`;

const joinedBy = (parts: readonly Markup[], word: string): Markup =>
  parts.reduce<Markup | null>(
    (all, part) => (all === null ? part : mrkdwn`${all}${word}${part}`),
    null,
  ) ?? mrkdwn`nothing`;
