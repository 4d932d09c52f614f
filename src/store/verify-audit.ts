import { z } from 'zod';
import { continues, EMPTY_CHAIN, follows, type Link, ownPlace } from './audit-chain.js';
import { parsed } from './parsed.js';
import type { Finding, Head, KnownHead, Verified } from './store.js';

/** A line with the columns beside its text. */
export interface Row extends Link {
  readonly request: string | null;
  readonly version: number | null;
}

export interface AuditSource {
  /** Rows after a line, oldest first; empty at the end. */
  readonly after: (seq: number) => Promise<readonly Row[]>;
  readonly head: () => Promise<Head | null>;
  /** Whether every stored request has the line of its last move. */
  readonly coversRequests: () => Promise<boolean>;
}

/** Covers lines added meanwhile. */
export async function verifyAudit(source: AuditSource, known: KnownHead | null): Promise<Verified> {
  const columns = createColumns();
  let last: Head = EMPTY_CHAIN;
  let knownAt = known?.hash === last.hash ? last.seq : null;
  for (;;) {
    // Read before the page, which must then contain every line up to the head.
    const head = await source.head();
    const page = await source.after(last.seq);
    for (const row of page) {
      if (!follows(last, row)) return verified(last, await diagnose(source, last, row));
      if (!columns.agree(row)) {
        return verified(last, { kind: 'altered', line: row.seq, how: 'column' });
      }
      last = row;
      if (row.hash === known?.hash) knownAt = row.seq;
    }
    if (page.length > 0) continue;
    const finding =
      atTheEnd(last, head) ??
      ((await source.coversRequests()) ? null : missingAfter(last, null)) ??
      (known === null ? null : ofKnown(last, known, knownAt));
    return verified(last, finding);
  }
}

/** A last line that was rewritten is not among the intact ones. */
function verified(last: Head, finding: Finding | null): Verified {
  const lines = Math.min(last.seq, (finding?.line ?? last.seq + 1) - 1);
  return { lines, brokenAt: finding?.line ?? null, head: last.hash, finding };
}

function atTheEnd(last: Head, head: Head | null): Finding | null {
  if (head === null) return { kind: 'no head', line: last.seq + 1 };
  if (head.seq > last.seq) return missingAfter(last, head.seq);
  if (head.seq < last.seq) return { kind: 'altered', line: head.seq + 1, how: 'added' };
  return head.hash === last.hash ? null : { kind: 'altered', line: last.seq, how: 'with its hash' };
}

const missingAfter = ({ seq }: Head, to: number | null): Finding =>
  seq === 0 ? { kind: 'emptied', line: 1, to } : { kind: 'cut', line: seq + 1, to };

function ofKnown(last: Head, { lines }: KnownHead, knownAt: number | null): Finding | null {
  if (knownAt !== null && (lines === null || lines === knownAt)) return null;
  if (last.seq === 0 || (lines !== null && last.seq < lines)) return missingAfter(last, lines);
  return { kind: 'another chain', line: lines };
}

/** `row` is the first that does not follow from `last`. */
async function diagnose(source: AuditSource, last: Head, row: Row): Promise<Finding> {
  const line = last.seq + 1;
  const place = ownPlace(row);
  if (row.seq === line && place === null) return { kind: 'altered', line, how: 'text' };
  const at = await whereIs(source, last);
  if (at !== null) return { kind: 're-ordered', line, at };
  if (row.seq > line) return { kind: 'removed', line, to: row.seq - 1 };
  if (place !== null && place.seq > line) return { kind: 'removed', line, to: place.seq - 1 };
  // The line before no longer has the hash that this one names.
  if (place?.seq === line && line > 1) {
    return { kind: 'altered', line: last.seq, how: 'with its hash' };
  }
  return { kind: 'altered', line, how: 'text' };
}

/** Where the line stands that continues the chain. */
async function whereIs(source: AuditSource, last: Head): Promise<number | null> {
  for (let after = last.seq; ;) {
    const page = await source.after(after);
    const found = page.find((row) => continues(last, row));
    if (found !== undefined) return found.seq;
    const end = page.at(-1);
    if (end === undefined) return null;
    after = end.seq;
  }
}

/**
 * The hash covers the text, which repeats the columns. Lines of version 0.1.0 do not repeat `version`; there it must count
 * the moves of each request.
 */
function createColumns(): { readonly agree: (row: Row) => boolean } {
  const moves = new Map<string, number>();
  return {
    agree: ({ seq, line, request, version }) => {
      const { data: said } = Said.safeParse(parsed(line));
      const next = request === null ? null : (moves.get(request) ?? 0) + 1;
      if (request !== null && version !== null) moves.set(request, version);
      if (said?.seq !== seq || said.request !== request) return false;
      if (said.version === undefined) return version === null || version === next;
      return said.version === version;
    },
  };
}

const Said = z.object({
  seq: z.number(),
  request: z.string().nullable(),
  version: z.number().nullable().optional(),
});
