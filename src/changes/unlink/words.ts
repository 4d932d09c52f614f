import { bold, lines, type Markup, mention, mrkdwn } from '../../markup/markup.js';
import { context, message, section } from '../../markup/parts.js';
import type { Words } from '../change.js';
import { onezoneWords, outcomeLines } from '../words.js';
import type { UnlinkRequest } from './index.js';

export const unlinkWords: Words<UnlinkRequest> = {
  wish: (request) =>
    mrkdwn`take away the link of ${mention(request.ask.slack)} to ${target(request)}`,
  effect: (request) => ({
    facts: [],
    common: null,
    lines: [
      mrkdwn`${mention(request.ask.slack)} is linked to ${onezoneWords(request.subjects[0]?.identity ?? null, { full: true })} → not linked`,
    ],
  }),
  warnings: () => [mrkdwn`Access that was given stays until its end.`],
  underWay: () => mrkdwn`It is being read back.`,
  result: (request) => outcomeLines(request, () => mrkdwn`no longer linked to ${target(request)}`),
  done: (request) => {
    const next = mrkdwn`Access that was given stays until its end.`;
    return {
      headline: mrkdwn`${bold('Unlinked:')} ${mention(request.ask.slack)} is no longer ${target(request)} in Onezone.`,
      parts: [section(next)],
      spoken: [next],
      buttons: [],
    };
  },
  toSubject: (request) => {
    const what = mrkdwn`You are no longer linked to ${target(request)} in Onezone. ${mention(request.requester)} asked for it.`;
    const next = mrkdwn`Access that you have stays until its end. Type /handle link me to prove which Onezone user you are.`;
    return message(lines([what, next]), [
      section(lines([what, next])),
      context(mrkdwn`Request ${request.id}`),
    ]);
  },
  announcement: () => null,
  again: '/handle unlink',
};

const target = ({ subjects: [subject] }: UnlinkRequest): Markup =>
  onezoneWords(subject?.identity ?? null);
