import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  InputBlock,
  InputBlockElement,
  RichTextBlock,
  RichTextElement,
  SectionBlock,
} from '@slack/types';
import { SlackUser } from '../../../requests/request.js';
import { cleanText } from '../../../markup/clean.js';
import { codePoints, cut } from '../../../markup/cut.js';
import { markupText, plainText } from './elements.js';
import { limits } from './limits.js';
import { bold, lines, type Markup, mrkdwn } from '../../../markup/markup.js';

export function section(text: Markup, accessory?: Button): SectionBlock {
  return {
    type: 'section',
    text: markupText(text, limits.sectionText),
    // Without it Slack folds long sections behind “See more”, and with it the warning that stands there.
    expand: true,
    ...(accessory === undefined ? {} : { accessory }),
  };
}

/** Lines in as few sections as hold them. */
export function sections(all: readonly Markup[]): SectionBlock[] {
  const pages: Markup[][] = [];
  let used = 0;
  for (const line of all) {
    const size = codePoints(line.markup) + 1;
    const page = pages.at(-1);
    if (page === undefined || used + size > limits.sectionText) {
      pages.push([line]);
      used = size;
    } else {
      page.push(line);
      used += size;
    }
  }
  return pages.map((page) => section(lines(page)));
}

/** A title and its points, one a line. */
export function list(title: Markup, points: readonly Markup[]): SectionBlock[] {
  return sections([title, ...points.map((point) => mrkdwn`• ${point}`)]);
}

/** Names and values in two columns; more than ten go into further blocks. */
export function fields(pairs: readonly (readonly [string, Markup])[]): SectionBlock[] {
  const texts = pairs.map(([name, value]) =>
    markupText(
      mrkdwn`${bold(name)}\n${value.markup.trim() === '' ? mrkdwn`–` : value}`,
      limits.field,
    ),
  );
  return inGroupsOf(limits.fields, texts).map((group) => ({ type: 'section', fields: group }));
}

export function context(...parts: readonly Markup[]): ContextBlock {
  const elements = parts
    .slice(0, limits.contextElements)
    .map((part) => markupText(part, limits.contextText));
  return { type: 'context', elements };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, limits.header) };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

export function actions(...buttons: readonly Button[]): ActionsBlock {
  return { type: 'actions', elements: buttons.slice(0, limits.actions) };
}

/**
 * What a person wrote, under a label that says whose words they are, as rich text: nothing in it is read as markup,
 * so that it cannot look like the bot's own words or buttons.
 */
export function userText(words: {
  readonly label: string;
  readonly by: string;
  readonly text: string;
  readonly max?: number;
}): RichTextBlock {
  const text = cut(cleanText(words.text), words.max ?? limits.richText) || '–';
  const who: RichTextElement = SlackUser.safeParse(words.by).success
    ? { type: 'user', user_id: words.by }
    : { type: 'text', text: cleanText(words.by) || '–' };
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: words.label, style: { bold: true } },
          { type: 'text', text: ' (in the words of ' },
          who,
          { type: 'text', text: ')' },
        ],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text }] },
    ],
  };
}

/** To be copied as it stands. */
export function preformatted(text: string): RichTextBlock {
  const inner = cut(cleanText(text), limits.richText) || '–';
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: inner }] }],
  };
}

export function input(words: {
  readonly block: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly element: InputBlockElement;
}): InputBlock {
  const { block, label, hint, optional, element } = words;
  return {
    type: 'input',
    block_id: block,
    label: plainText(label, limits.label),
    ...(hint === undefined ? {} : { hint: plainText(hint, limits.label) }),
    optional: optional ?? false,
    element,
  };
}

function inGroupsOf<T>(size: number, all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
