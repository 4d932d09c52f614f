import type { KnownBlock, SectionBlock } from '@slack/types';
import { codePoints } from '../../../markup/cut.js';
import { bold, lines, type Markup, mrkdwn } from '../../../markup/markup.js';
import type { Button, Part } from '../../../markup/parts.js';
import { drawButton } from './draw-button.js';
import { limits } from './limits.js';
import { drawPreformatted, drawQuote } from './rich-text.js';
import { markupText, plainText } from './text.js';

/** As Slack's blocks, each within Slack's limits. A long part becomes several blocks, one without words none. */
export function drawParts(parts: readonly Part[]): KnownBlock[] {
  return parts.flatMap((part) => drawPart(part));
}

function drawPart(part: Part): KnownBlock[] {
  switch (part.kind) {
    case 'text':
      return drawText(part.lines, part.button);
    case 'facts':
      return drawFacts(part.pairs);
    case 'note':
      return [{ type: 'context', elements: noteTexts(part.words) }];
    case 'heading':
      return [{ type: 'header', text: plainText(part.text, limits.header) }];
    case 'divider':
      return [{ type: 'divider' }];
    case 'buttons': {
      const elements = part.buttons.slice(0, limits.actions).map((button) => drawButton(button));
      return [{ type: 'actions', elements }];
    }
    case 'quote':
      return [drawQuote(part)];
    case 'preformatted':
      return [drawPreformatted(part.text)];
  }
}

function drawText(all: readonly Markup[], button: Button | undefined): SectionBlock[] {
  return pagesOf(all).map((page, index) => ({
    type: 'section',
    text: markupText(lines(page), limits.sectionText),
    // Without it Slack folds long sections behind “See more”, and with it the warning that stands there.
    expand: true,
    ...(button === undefined || index > 0 ? {} : { accessory: drawButton(button) }),
  }));
}

/** As few as hold all lines without tearing one. */
function pagesOf(all: readonly Markup[]): readonly (readonly Markup[])[] {
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
  return pages;
}

function drawFacts(pairs: readonly (readonly [string, Markup])[]): SectionBlock[] {
  const texts = pairs.map(([name, value]) =>
    markupText(
      mrkdwn`${bold(name)}\n${value.markup.trim() === '' ? mrkdwn`–` : value}`,
      limits.field,
    ),
  );
  return inGroupsOf(limits.fields, texts).map((fields) => ({ type: 'section', fields }));
}

const noteTexts = (words: readonly Markup[]) =>
  words.slice(0, limits.contextElements).map((word) => markupText(word, limits.contextText));

function inGroupsOf<T>(size: number, all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
