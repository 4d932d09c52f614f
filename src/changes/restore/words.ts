import { bold, lines, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import { context, message, section } from '../../markup/parts.js';
import { subjectsWith } from '../../requests/request.js';
import { agreedBy } from '../agreed-by.js';
import type { Words } from '../change.js';
import { PASSWORD_WARNING } from '../warnings.js';
import {
  identityWords,
  outcomeLines,
  peopleWords,
  privilegesWords,
  progressWords,
  serviceWords,
  slackOf,
} from '../words.js';
import type { RestoreRequest } from './index.js';

const MAX_NAMED = 4;

export const restoreWords: Words<RestoreRequest> = {
  wish: (request) =>
    mrkdwn`give ${peopleWords(slackOf(request.subjects), MAX_NAMED)} again what was taken away on ${serviceWords(request)}`,
  effect: (request, _, { full }) => ({
    facts: [],
    common: null,
    lines: request.subjects.map(({ slack, identity }) => {
      const lost = request.body.lost.find(({ onezone }) => onezone === identity?.onezone);
      const words = lost?.privileges.filter((privilege) => privilege !== 'member') ?? [];
      const who = mrkdwn`${mention(slack)}: ${identityWords(identity, { full })}`;
      return words.length === 0
        ? mrkdwn`${who} → has again what the desk gave, should anything be missing of it, with the end it had`
        : mrkdwn`${who} lost ${privilegesWords(words)} by hand → has it again, with the end it had`;
    }),
  }),
  warnings: () => [mrkdwn`${PASSWORD_WARNING}`],
  underWay: progressWords,
  result: (request) => outcomeLines(request, (_, outcome) => hasWords(outcome.has)),
  done: (request) => ({
    headline: mrkdwn`${bold('Restored:')} ${peopleWords(slackOf(subjectsWith(request, 'done')), MAX_NAMED)} can use ${serviceWords(request)} again.`,
    parts: [],
    spoken: [],
    buttons: [],
  }),
  toSubject: (request) => {
    const can = mrkdwn`Your access to ${serviceWords(request)} is there again.`;
    const who = mrkdwn`${mention(request.requester)} asked for it. ${agreedBy(request)}`;
    return message(lines([can, who]), [
      section(lines([can, who])),
      context(mrkdwn`Request ${request.id}`),
    ]);
  },
  announcement: () => null,
  again: '/handle restore',
};

const hasWords = (has: readonly string[] | null): Markup =>
  mrkdwn`has ${privilegesWords(has ?? [])} again, read back from Onezone`;
