import { lines, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import { message, section } from '../../markup/parts.js';
import type { Words } from '../change.js';
import { notableLines, onezoneWords, outcomeLines } from '../words.js';
import type { UnlinkRequest } from './index.js';

export const unlinkWords: Words<UnlinkRequest> = {
  wish: (request) =>
    mrkdwn`take away the link of ${mention(request.ask.slack)} to ${target(request)}`,
  brief: (request) => [
    mrkdwn`${mention(request.ask.slack)} would no longer be ${target(request)} in Onezone`,
  ],
  effect: (request) => ({
    facts: [],
    lines: [
      mrkdwn`${mention(request.ask.slack)} is linked to ${onezoneWords(request.subjects[0]?.identity ?? null, { full: true })} → not linked`,
    ],
  }),
  warnings: () => [mrkdwn`Access that was given stays until its end.`],
  underWay: () => mrkdwn`It is being read back.`,
  after,
  notable: notableLines,
  result: (request) => outcomeLines(request, () => mrkdwn`no longer linked to ${target(request)}`),
  done: (request) => {
    const next = mrkdwn`Access that was given stays until its end.`;
    return {
      headline: after(request),
      parts: [section(next)],
      buttons: [],
    };
  },
  toSubject: (request) => {
    const what = mrkdwn`You are no longer linked to ${target(request)} in Onezone. ${mention(request.requester)} asked for it.`;
    const next = mrkdwn`Access that you have stays until its end. Type /handle link me to prove which Onezone user you are.`;
    return message(what, [section(lines([what, next]))]);
  },
  announcement: () => null,
  again: '/handle unlink',
};

function after(request: UnlinkRequest): Markup {
  return mrkdwn`${mention(request.ask.slack)} is no longer ${target(request)} in Onezone`;
}

const target = ({ subjects: [subject] }: UnlinkRequest): Markup =>
  onezoneWords(subject?.identity ?? null);
