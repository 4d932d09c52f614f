import { code, mrkdwn } from '../../../markup/markup.js';
import { type Document, message, section } from '../../../markup/parts.js';

/** `suggestion` is null where nothing is near enough. */
export function didYouMeanAnswer(word: string, suggestion: string | null): Document {
  const meant =
    suggestion === null ? mrkdwn`` : mrkdwn` Did you mean ${code(`/handle ${suggestion}`)}?`;
  const words = mrkdwn`There is no ${code(`/handle ${word}`)}.${meant} ${code('/handle help')} shows what there is.`;
  return message(words, [section(words)]);
}
