import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { cleanLine } from '../../../markup/clean.js';
import { cut, cutMarkup } from '../../../markup/cut.js';
import type { Markup } from '../../../markup/markup.js';

/** Slack takes no empty text. */
export const NOTHING = '–';

/** Text in which nothing is markup; `emoji: false` because Slack would else still read `:shortcodes:`. */
export function plainText(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: cut(cleanLine(text), max) || NOTHING, emoji: false };
}

/** `verbatim` keeps Slack from making links of bare addresses, `#names` and `@names`. */
export function markupText(text: Markup, max: number): MrkdwnElement {
  const markup = cutMarkup(text.markup, max);
  return { type: 'mrkdwn', text: markup.trim() === '' ? NOTHING : markup, verbatim: true };
}
