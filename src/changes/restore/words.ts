import { lines, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import { message, section } from '../../markup/parts.js';
import { subjectsWith } from '../../requests/request.js';
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
  brief: ({ subjects }) =>
    subjects.map(({ slack, identity }) => mrkdwn`${mention(slack)}: ${briefIdentity(identity)}`),
  effect: (request) => ({
    facts: [],
    lines: request.subjects.map(({ slack, identity }) => {
      const lost = request.body.lost.find(({ onezone }) => onezone === identity?.onezone);
      const words = lost?.privileges.filter((privilege) => privilege !== 'member') ?? [];
      const who = mrkdwn`${mention(slack)}: ${identityWords(identity, { full: true })}`;
      return words.length === 0
        ? mrkdwn`${who} → has again what the desk gave, should anything be missing of it, with the end it had`
        : mrkdwn`${who} lost ${privilegesWords(words)} by hand → has it again, with the end it had`;
    }),
  }),
  warnings: () => [mrkdwn`${PASSWORD_WARNING}`],
  underWay: progressWords,
  after,
  notable: (request) => [inOnezoneWords(request.subjects, MAX_NAMED), ...notableLines(request)],
  result: (request) => outcomeLines(request, (_, outcome) => hasWords(outcome.has)),
  done: (request) => ({
    headline: mrkdwn`Restored: ${after(request)}`,
    parts: [section(inOnezoneWords(request.subjects, MAX_NAMED))],
    buttons: [],
  }),
  toSubject: (request) => {
    const can = mrkdwn`Your access to ${serviceWords(request)} is there again.`;
    const who = mrkdwn`${mention(request.requester)} asked for it${andWhoApproved(request)}.`;
    return message(can, [section(lines([can, who]))]);
  },
  announcement: () => null,
  again: '/handle restore',
};

function after(request: RestoreRequest): Markup {
  const people = peopleWords(slackOf(subjectsWith(request, 'done')), MAX_NAMED);
  return mrkdwn`${people} can use ${serviceWords(request)} again`;
}

const hasWords = (has: readonly string[] | null): Markup =>
  mrkdwn`has ${privilegesWords(has ?? [])} again, read back from Onezone`;
