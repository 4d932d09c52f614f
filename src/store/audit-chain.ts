import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditWord, Entry } from '../requests/step.js';
import { canonicalJson } from './canonical-json.js';
import { parsed } from './parsed.js';
import { readJson } from './read-json.js';
import type { AuditLine, Head } from './store.js';

export const EMPTY_CHAIN: Head = { seq: 0, hash: '0'.repeat(64) };

export interface Link {
  readonly seq: number;
  /** Canonical JSON of all fields but `hash`. */
  readonly line: string;
  readonly hash: string;
}

/** What a line tells. `version` is absent from lines of version 0.1.0, whose text did not hold it, and only from those. */
export interface Told extends Entry {
  readonly version?: number | null | undefined;
}

export function nextLink(head: Head, told: Told): Link {
  const seq = head.seq + 1;
  const { at, who, what, request, version, service, people, detail } = told;
  const line = canonicalJson({
    ...{ seq, previous: head.hash, at, who, what },
    ...{ request, version, service, people, detail },
  });
  return { seq, line, hash: hashOf(head.hash, line) };
}

export const follows = (head: Head, link: Link): boolean =>
  link.seq === head.seq + 1 && link.hash === hashOf(head.hash, link.line);

/** Would follow, stood it in its place. */
export const continues = (head: Head, { line, hash }: Link): boolean =>
  hash === hashOf(head.hash, line);

/** What a line says of its own place; null when its text and its hash do not belong together. */
export function ownPlace({ line, hash }: Link): Head | null {
  const place = Place.safeParse(parsed(line));
  if (!place.success || hashOf(place.data.previous, line) !== hash) return null;
  return { seq: place.data.seq, hash: place.data.previous };
}

export function readLine({ seq, line, hash }: Link): AuditLine {
  return { ...readJson(Line, line, `Audit line ${String(seq)}`), hash };
}

const hashOf = (previous: string, line: string): string =>
  createHash('sha256').update(previous).update(line).digest('hex');

const Place = z.object({ seq: z.number(), previous: z.string() });

/** Any string, so that lines of other versions of the bot stay readable. */
const Word = z.custom<AuditWord>((word) => typeof word === 'string');

const Line = z.object({
  seq: z.number(),
  previous: z.string(),
  at: z.coerce.date(),
  who: z.string(),
  what: Word,
  request: z.string().nullable(),
  version: z.number().nullable().optional(),
  service: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  people: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});
