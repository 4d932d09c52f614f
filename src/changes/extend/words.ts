import { bold, lines, type Markup, mention, moment, mrkdwn } from '../../markup/markup.js';
import { context, message, section } from '../../markup/parts.js';
import { levelWords } from '../../requests/level.js';
import { agreedBy } from '../agreed-by.js';
import type { Words } from '../change.js';
import { PASSWORD_WARNING } from '../warnings.js';
import {
  identityWords,
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
  effect: (request, _, { full }) => ({
    facts: [],
    common: null,
    lines: request.subjects.map(
      ({ slack, identity }) =>
        mrkdwn`${mention(slack)}: ${identityWords(identity, { full })} has ${levelWords[request.body.level].label} until ${moment(request.body.from)} → the same ${until(request)}`,
    ),
  }),
  warnings: ({ body }) => [
    mrkdwn`${PASSWORD_WARNING}`,
    ...(body.level === 'own' ? [mrkdwn`With Own they can also ${levelWords.own.means}.`] : []),
  ],
  underWay: progressWords,
  result: (request) =>
    outcomeLines(request, () => mrkdwn`extended ${until(request)}, read back from Onezone`),
  done: (request) => {
    const isOwn = request.subjects.every(({ slack }) => slack === request.requester);
    const who = isOwn ? mrkdwn`you` : peopleWords(slackOf(request.subjects), MAX_NAMED);
    return {
      headline: mrkdwn`${bold('Extended:')} ${who} can go on to ${goOn(request)}.`,
      parts: [],
      spoken: [],
      buttons: [],
    };
  },
  toSubject: (request) => {
    const can = mrkdwn`Your access goes on: you can ${goOn(request)}.`;
    const who = mrkdwn`${mention(request.requester)} asked for it. ${agreedBy(request)}`;
    return message(lines([can, who]), [
      section(lines([can, who])),
      context(mrkdwn`Request ${request.id}`),
    ]);
  },
  announcement: () => null,
  again: '/handle extend',
};

const goOn = (request: ExtendRequest): Markup =>
  mrkdwn`${request.body.level} ${serviceWords(request)} ${until(request)}`;

const until = ({ ask, body }: ExtendRequest): Markup => untilWords(body.end, ask.until);
