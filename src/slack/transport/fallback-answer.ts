import type { ModalView } from '@slack/types';
import { refusals } from '../../errors.js';
import type { Delivery } from './delivery.js';

/** Nobody handles what came in, or it came twice. */
export const answerToUnknown = (delivery: Delivery): unknown => {
  switch (delivery.kind) {
    case 'command':
      return onlyYou(`I do not know ${delivery.command ?? 'that command'}. Try \`/handle help\`.`);
    case 'options':
      return { options: [] };
    case 'submission':
    case 'closed view':
    case 'click':
    case 'event':
    case 'unknown':
      return undefined;
  }
};

/** What came twice was answered the first time: the second gets the answer that changes nothing on the screen. */
export const answerToRepeated = (delivery: Delivery): unknown =>
  delivery.kind === 'options' ? { options: [] } : undefined;

/** It is for the app of another workspace, of which nothing is known here. */
export const answerToForeign = (delivery: Delivery): unknown => {
  const { message, next } = refusals.stranger();
  return inWords(delivery, { title: 'Another workspace', text: `${message}\n${next}` });
};

/** It failed before it was answered. */
export const answerToFailed = (delivery: Delivery, supportId: string): unknown =>
  inWords(delivery, {
    title: 'Something went wrong',
    text: `Something went wrong, and nothing is known to have been done. Please try again. If it happens again, tell an operator the support id ${supportId}.`,
  });

/** It runs, but Slack waits no longer. */
export const answerToSlow = (delivery: Delivery): unknown =>
  inWords(delivery, {
    title: 'Still working',
    text: 'This takes longer than Slack waits for an answer. It goes on; `/handle requests` shows what became of it.',
  });

interface Words {
  readonly title: string;
  readonly text: string;
}

const inWords = (delivery: Delivery, words: Words): unknown => {
  switch (delivery.kind) {
    case 'command':
      return onlyYou(words.text);
    case 'options':
      return { options: [] };
    case 'submission':
      return { response_action: 'update', view: notice(words) };
    case 'closed view':
    case 'click':
    case 'event':
    case 'unknown':
      return undefined;
  }
};

const onlyYou = (text: string) => ({ response_type: 'ephemeral', text }) as const;

const notice = (words: Words): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: words.title },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: words.text } }],
});
