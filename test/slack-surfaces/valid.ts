import { expect } from '@jest/globals';
import type { HomeView, ModalView } from '@slack/types';
import { createBlockKitCheck, worded } from '../../src/sandbox/slack/blockkit/check.js';
import type { Message } from '../../src/slack/surfaces/render/message.js';
import { codePoints } from '../../src/markup/cut.js';
import { limits } from '../../src/slack/surfaces/render/limits.js';
import { characters } from '../../src/slack/surfaces/render/whole.js';

const check = createBlockKitCheck();

/** Slack would take it: judged by the sandbox's own table and by the schema of `@slack/types`. */
export function expectValidMessage({ text, blocks }: Message): void {
  expect(check.message(blocks).map(worded)).toEqual([]);
  expect(codePoints(text)).toBeGreaterThan(0);
  expect(codePoints(text)).toBeLessThanOrEqual(limits.fallback);
  expect(characters(blocks)).toBeLessThanOrEqual(limits.messageCharacters);
}

export function expectValidView(view: ModalView | HomeView): void {
  expect(check.view(view).map(worded)).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
}

/** All markup of a surface: the only strings in which Slack looks for mentions and links. */
export function markupIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === 'mrkdwn' && 'text' in value ? [value.text] : [];
  const inner = Object.values(value).flatMap((part) => markupIn(part));
  return [...own.filter((text) => typeof text === 'string'), ...inner];
}

/** A surface as lines a test can read: markup and plain text as they stand, buttons in brackets. */
export function drawn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(drawn);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'button' && 'action_id' in value) {
    const label = 'text' in value ? drawn(value.text).join('') : '';
    const carried = 'value' in value ? ` ${String(value.value)}` : '';
    return [`[${label}] ${String(value.action_id)}${carried}`];
  }
  if ('type' in value && value.type === 'rich_text' && 'elements' in value) {
    return Array.isArray(value.elements) ? value.elements.map(spoken) : [];
  }
  if ('text' in value && typeof value.text === 'string') return value.text.split('\n');
  return Object.values(value).flatMap(drawn);
}

function spoken(part: unknown): string {
  if (typeof part !== 'object' || part === null) return '';
  if ('user_id' in part) return `@${String(part.user_id)}`;
  if ('text' in part) return String(part.text);
  const inner = 'elements' in part && Array.isArray(part.elements) ? part.elements : [];
  const sign = 'type' in part && part.type === 'rich_text_quote' ? '> ' : '';
  return sign + inner.map(spoken).join('');
}
