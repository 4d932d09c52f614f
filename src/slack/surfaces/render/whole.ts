import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { cutMarkup } from '../../../markup/cut.js';
import { mrkdwn } from '../../../markup/markup.js';
import { context, type Document, type Part } from '../../../markup/parts.js';
import { drawParts } from './draw-parts.js';
import { limits } from './limits.js';
import type { Message } from './message.js';
import { NOTHING, plainText } from './text.js';

/** What Slack takes as a message, whatever was written into the document. */
export function drawMessage({ text, parts }: Document): Message {
  const size = { blocks: limits.messageBlocks, characters: limits.messageCharacters };
  return {
    text: cutMarkup(text.markup.replaceAll('\n', ' '), limits.fallback).trim() || NOTHING,
    blocks: within(drawParts(parts), size),
  };
}

export interface ModalWords {
  readonly callback: string;
  /** At most 24 characters are shown of title and buttons. */
  readonly title: string;
  readonly submit?: string;
  readonly close: string;
  readonly metadata: string;
  /** Drawn already, because inputs stand between the parts. */
  readonly blocks: readonly KnownBlock[];
}

export function modal(words: ModalWords): ModalView {
  return {
    type: 'modal',
    callback_id: words.callback,
    title: plainText(words.title, limits.viewTitle),
    close: plainText(words.close, limits.viewTitle),
    ...(words.submit === undefined ? {} : { submit: plainText(words.submit, limits.viewTitle) }),
    private_metadata: words.metadata,
    blocks: within(words.blocks, { blocks: limits.viewBlocks, characters: limits.viewCharacters }),
  };
}

export function home(parts: readonly Part[]): HomeView {
  const size = { blocks: limits.viewBlocks, characters: limits.viewCharacters };
  return { type: 'home', blocks: within(drawParts(parts), size) };
}

interface Size {
  readonly blocks: number;
  readonly characters: number;
}

/**
 * The last guard. The surfaces shorten with sense before it comes to this; here what is last goes first, but never
 * what a person has to press or to fill in.
 */
function within(blocks: readonly KnownBlock[], size: Size): KnownBlock[] {
  const kept = [...blocks];
  if (fits(kept, size)) return kept;
  const note = drawParts([context(mrkdwn`Shortened: this is more than Slack shows at once.`)]);
  for (;;) {
    const index = kept.findLastIndex(({ type }) => type !== 'actions' && type !== 'input');
    if (index === -1) return kept;
    kept.splice(index, 1);
    const short = [...kept.slice(0, index), ...note, ...kept.slice(index)];
    if (fits(short, size)) return short;
  }
}

const fits = (blocks: readonly KnownBlock[], size: Size): boolean =>
  blocks.length <= size.blocks && characters(blocks) <= size.characters;

/** All strings of a value together: more than what Slack counts, never less. */
export function characters(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + characters(part), 0);
}
