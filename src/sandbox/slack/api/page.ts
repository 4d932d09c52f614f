import { z } from 'zod';
import { ApiError } from './api-error.js';
import { integer } from './arguments.js';

export const pageArgs = { cursor: z.string().optional(), limit: integer.optional() };

interface Page<T> {
  readonly items: readonly T[];
  readonly response_metadata: { readonly next_cursor: string };
}

/** One page of a list; the cursor is opaque to the bot and an offset to us. Without a limit: `usual` items. */
export function pageOf<T>(
  all: readonly T[],
  asked: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
  size: { readonly usual: number; readonly most: number },
): Page<T> {
  const limit = asked.limit === undefined || asked.limit === 0 ? size.usual : asked.limit;
  if (limit < 1 || limit > size.most) throw new ApiError('invalid_limit');
  const start = asked.cursor === undefined || asked.cursor === '' ? 0 : offsetIn(asked.cursor);
  const end = start + limit;
  return {
    items: all.slice(start, end),
    response_metadata: { next_cursor: end < all.length ? cursorAt(end) : '' },
  };
}

function cursorAt(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString('base64');
}

function offsetIn(cursor: string): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (match === null) throw new ApiError('invalid_cursor');
  return Number(match[1]);
}
