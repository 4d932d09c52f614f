import type { RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { cleanLine, cleanText } from '../../../markup/clean.js';
import { cut } from '../../../markup/cut.js';
import type { Quote } from '../../../markup/parts.js';
import { SlackUser } from '../../../requests/request.js';
import { limits } from './limits.js';
import { NOTHING } from './text.js';

/** Mostly under a label that says whose words they are. Rich text, because Slack reads no markup in it. */
export function drawQuote(quote: Quote): RichTextBlock {
  const text = cut(cleanText(quote.text), quote.max ?? limits.richText) || NOTHING;
  return {
    type: 'rich_text',
    elements: [
      ...(quote.label === undefined ? [] : [drawLabel(quote.label, quote.by)]),
      { type: 'rich_text_quote', elements: [{ type: 'text', text }] },
    ],
  };
}

function drawLabel(label: string, by: string): RichTextSection {
  const who: RichTextElement = SlackUser.safeParse(by).success
    ? { type: 'user', user_id: by }
    : { type: 'text', text: cleanText(by) || NOTHING };
  return {
    type: 'rich_text_section',
    elements: [
      { type: 'text', text: cleanLine(label) || NOTHING, style: { bold: true } },
      { type: 'text', text: ' (in the words of ' },
      who,
      { type: 'text', text: ')' },
    ],
  };
}

export function drawPreformatted(text: string): RichTextBlock {
  const inner = cut(cleanText(text), limits.richText) || NOTHING;
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: inner }] }],
  };
}
