import { lines, type Markup, mention, moment, mrkdwn } from '../../markup/markup.js';
import { message, section } from '../../markup/parts.js';
import { levelWords } from '../../requests/level.js';
import type { Words } from '../change.js';
import { PASSWORD_WARNING } from '../warnings.js';
import { andWhoApproved } from '../who-approved.js';
import {
  briefIdentity,
  identityWords,
  inOnezoneWords,
  notableLines,
  outcomeLines,
  peopleWords,
  progressWords,
  serviceWords,
  slackOf,
  untilWords,
} from '../words.js';
import type { ExtendRequest } from './ask.js';

const MAX_NAMED = 4;

export const extendWords: Words<ExtendRequest> = {
  wish: (request) =>
    mrkdwn`let ${peopleWords(slackOf(request.subjects), MAX_NAMED)} go on to ${goOn(request)}`,
  ownWish: (request) => mrkdwn`go on to ${goOn(request)}`,
  brief: (request) =>
    request.subjects.map(
      ({ slack, identity }) =>
        mrkdwn`${mention(slack)}: ${briefIdentity(identity)} · has ${levelWords[request.body.level].label} until ${moment(request.body.from)} → the same ${until(request)}`,
    ),
  effect: (request) => ({
    facts: [],
    lines: request.subjects.map(
      ({ slack, identity }) =>
        mrkdwn`${mention(slack)}: ${identityWords(identity, { full: true })} has ${levelWords[request.body.level].label} until ${moment(request.body.from)} → the same ${until(request)}`,
    ),
  }),
  warnings: ({ body }) => [
    mrkdwn`${PASSWORD_WARNING}`,
    ...(body.level === 'own' ? [mrkdwn`With Own they can also ${levelWords.own.means}.`] : []),
  ],
  underWay: progressWords,
  after: (request) =>
    mrkdwn`${peopleWords(slackOf(request.subjects), MAX_NAMED)} can go on to ${goOn(request)}`,
  notable: (request) => [inOnezoneWords(request.subjects, MAX_NAMED), ...notableLines(request)],
  result: (request) =>
    outcomeLines(request, () => mrkdwn`extended ${until(request)}, read back from Onezone`),
  done: (request) => {
    const isOwn = request.subjects.every(({ slack }) => slack === request.requester);
    const who = isOwn ? mrkdwn`you` : peopleWords(slackOf(request.subjects), MAX_NAMED);
    return {
      headline: mrkdwn`Extended: ${who} can go on to ${goOn(request)}`,
      parts: [section(inOnezoneWords(request.subjects, MAX_NAMED))],
      buttons: [],
    };
  },
  toSubject: (request) => {
    const can = mrkdwn`Your access goes on: you can ${goOn(request)}.`;
    const who = mrkdwn`${mention(request.requester)} asked for it${andWhoApproved(request)}.`;
    return message(can, [section(lines([can, who]))]);
  },
  announcement: () => null,
  again: '/handle extend',
};

const goOn = (request: ExtendRequest): Markup =>
  mrkdwn`${request.body.level} ${serviceWords(request)} ${until(request)}`;

const until = ({ ask, body }: ExtendRequest): Markup => untilWords(body.end, ask.until);
