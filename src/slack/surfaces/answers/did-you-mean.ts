import type { Message } from '../render/message.js';
import { section } from '../render/blocks.js';
import { code, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';

/** `suggestion` is null where nothing is near enough. */
export function didYouMeanAnswer(word: string, suggestion: string | null): Message {
  const meant =
    suggestion === null ? mrkdwn`` : mrkdwn` Did you mean ${code(`/handle ${suggestion}`)}?`;
  const words = mrkdwn`There is no ${code(`/handle ${word}`)}.${meant} ${code('/handle help')} shows what there is.`;
  return message(words, [section(words)]);
}
