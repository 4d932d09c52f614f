import type { View } from '../../src/sandbox/slack/state.js';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';

/**
 * What a person reads in a view or message, from top to bottom: texts as they are, `[Label]` for an input, `(Text)` for a
 * button. Times and support ids differ from run to run and are named instead.
 */
export function screen(shown: Pick<View | SlackMessage, 'blocks'> | null): readonly string[] {
  if (shown === null) throw new Error('Nothing is on the screen.');
  return shown.blocks.flatMap(read).map(undated);
}

/** The same in one text, without buttons and with its times. */
export const wordsOf = ({ blocks }: Pick<SlackMessage, 'blocks'>): string =>
  blocks
    .filter(({ type }) => type !== 'actions')
    .flatMap(read)
    .filter((line) => !/^\(.*\)$/.test(line))
    .join('\n');

/** Without what nobody can know beforehand. */
export function undated(text: string): string {
  return text
    .replace(/<!date\^\d+\^[^>]*>/g, '‹time›')
    .replace(/(?<=upport id:? `?)[0-9A-F]{10}/g, '‹support id›');
}

function read(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap(read);
  if (!isRecord(part)) return [];
  switch (part['type']) {
    case 'input':
      return [`[${read(part['label']).join('')}]`];
    case 'button':
      return [`(${read(part['text']).join('')})`];
    case 'user':
      return [`<@${String(part['user_id'])}>`];
    case 'rich_text':
      return [inner(part).join('')];
    case 'rich_text_quote':
      return ['\n> ', ...inner(part)];
    default:
      return inner(part);
  }
}

function inner(part: Readonly<Record<string, unknown>>): readonly string[] {
  const { text } = part;
  const own = typeof text === 'string' ? [text] : read(text);
  return [...own, ...['fields', 'elements', 'accessory'].flatMap((key) => read(part[key]))];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
