import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { Message } from './message.js';
import { context } from './blocks.js';
import { cutMarkup } from '../../../markup/cut.js';
import { plainText } from './elements.js';
import { limits } from './limits.js';
import { type Markup, mrkdwn } from '../../../markup/markup.js';

/** A whole message. `text` says everything that matters: it is what notifications show and screen readers read. */
export function message(text: Markup, blocks: readonly KnownBlock[]): Message {
  const size = { blocks: limits.messageBlocks, characters: limits.messageCharacters };
  return {
    text: cutMarkup(text.markup, limits.fallback).trim() || '–',
    blocks: within(blocks, size),
  };
}

export interface ModalWords {
  readonly callback: string;
  /** At most 24 characters are shown of title and buttons. */
  readonly title: string;
  readonly submit?: string;
  readonly close: string;
  readonly metadata: string;
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

export function home(blocks: readonly KnownBlock[]): HomeView {
  const size = { blocks: limits.viewBlocks, characters: limits.viewCharacters };
  return { type: 'home', blocks: within(blocks, size) };
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
  const note = context(mrkdwn`Shortened: this is more than Slack shows at once.`);
  for (;;) {
    const index = kept.findLastIndex((it) => it.type !== 'actions' && it.type !== 'input');
    if (index === -1) return kept;
    kept.splice(index, 1);
    const short = [...kept.slice(0, index), note, ...kept.slice(index)];
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
