import { code, type Markup, mention, mrkdwn, sentence } from '../../markup/markup.js';
import { section } from '../../markup/parts.js';
import type { Words } from '../change.js';
import { notableLines, onezoneWords, outcomeLines } from '../words.js';
import type { LinkRequest } from './ask.js';

export const linkWords: Words<LinkRequest> = {
  wish: (request) => mrkdwn`link ${mention(request.ask.slack)} to ${target(request)}`,
  brief: ({ ask, subjects: [subject] }) => [
    mrkdwn`${mention(ask.slack)} would be ${onezoneWords(subject?.identity ?? null)} in Onezone`,
  ],
  effect: ({ ask, body, subjects }) => {
    const [identity = null] = subjects.map((subject) => subject.identity);
    const before =
      body.before === null ? mrkdwn`not linked` : mrkdwn`linked to Onezone ${code(body.before)}`;
    return {
      facts: [],
      lines: [
        mrkdwn`${mention(ask.slack)} is ${before} → linked to ${onezoneWords(identity, { full: true })}`,
      ],
    };
  },
  warnings: ({ body }) => [
    mrkdwn`Access that this person asks for is given to that Onezone user.`,
    ...(body.second === null ? [] : [mrkdwn`${sentence(body.second, { people: true })}`]),
  ],
  underWay: () => mrkdwn`It is being read back.`,
  after,
  notable: notableLines,
  result: (request) => outcomeLines(request, () => mrkdwn`linked to ${target(request)}`),
  done: (request) => {
    const next = mrkdwn`They are told, and can say that it is not them. You do not agree to what they ask for while it is your word that links them.`;
    return {
      headline: after(request),
      parts: [section(next)],
      buttons: [],
    };
  },
  /** They get a message of their own, with which they can take it back. */
  toSubject: () => null,
  announcement: () => null,
  again: '/handle link',
};

function after(request: LinkRequest): Markup {
  return mrkdwn`${mention(request.ask.slack)} is ${target(request)} in Onezone`;
}

const target = ({ subjects: [subject] }: LinkRequest): Markup =>
  onezoneWords(subject?.identity ?? null);
