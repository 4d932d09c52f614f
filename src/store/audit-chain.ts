import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AuditWord, Entry } from '../requests/step.js';
import { canonicalJson } from './canonical-json.js';
import { readJson } from './read-json.js';
import type { AuditLine } from './store.js';

/** The end of the chain, which the next line includes in its hash. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const EMPTY_CHAIN: Head = { seq: 0, hash: '0'.repeat(64) };

export interface Link {
  readonly seq: number;
  /** Canonical JSON of all fields but `hash`. */
  readonly line: string;
  readonly hash: string;
}

export function nextLink(head: Head, entry: Entry): Link {
  const seq = head.seq + 1;
  const { at, who, what, request, service, people, detail } = entry;
  const line = canonicalJson({
    ...{ seq, previous: head.hash, at, who, what },
    ...{ request, service, people, detail },
  });
  return { seq, line, hash: hashOf(head.hash, line) };
}

export const follows = (head: Head, link: Link): boolean =>
  link.seq === head.seq + 1 && link.hash === hashOf(head.hash, link.line);

export function readLine({ seq, line, hash }: Link): AuditLine {
  return { ...readJson(Line, line, `Audit line ${String(seq)}`), hash };
}

const hashOf = (previous: string, line: string): string =>
  createHash('sha256').update(previous).update(line).digest('hex');

/** Any string, so that lines of other versions of the bot stay readable. */
const Word = z.custom<AuditWord>((word) => typeof word === 'string');

const Line = z.object({
  seq: z.number(),
  previous: z.string(),
  at: z.coerce.date(),
  who: z.string(),
  what: Word,
  request: z.string().nullable(),
  service: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  people: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});
