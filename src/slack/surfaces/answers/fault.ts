import { code, mrkdwn } from '../../../markup/markup.js';
import { type Document, message, section } from '../../../markup/parts.js';

/** We or Onezone failed. The person gets no cause, only the id under which an operator finds it. */
export function faultAnswer(supportId: string): Document {
  const words = mrkdwn`Something went wrong on our side. Try again; if it happens again, tell an operator the support id ${code(supportId)}.`;
  return message(words, [section(mrkdwn`❌ ${words}`)]);
}
