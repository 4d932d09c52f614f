import type { Markup } from './markup.js';

/** Markup as text for a record: mentions stay ids, dates become their fallback, marks go. */
export function plainText({ markup }: Markup): string {
  return markup
    .replace(/<!date\^[^<>|]*\|([^<>]*)>/g, '$1')
    .replace(/<https?:[^<>|]*\|([^<>]*)>/g, '$1')
    .replaceAll(/[*`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** A sentence of the bot's own where no markup is read: its code spans become quotes. */
export const plainSentence = (text: string): string => text.replaceAll(/`([^`]*)`/g, '“$1”');
