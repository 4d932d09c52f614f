import { follows, nextLink, START } from '../../store/audit-chain.js';
import type { AuditLine } from '../../store/store.js';

export interface ChainCheck {
  /** How many lines follow one another unchanged. */
  readonly lines: number;
  /** The first line that does not; null: all do. */
  readonly brokenAt: number | null;
}

/** Computes every hash anew from the line before. */
export function checkChain(lines: readonly AuditLine[]): ChainCheck {
  let last: { readonly seq: number; readonly hash: string } = START;
  for (const line of lines) {
    const { line: text } = nextLink({ seq: line.seq - 1, hash: line.previous }, line);
    if (!follows(last, { seq: line.seq, hash: line.hash, line: text })) {
      return { lines: last.seq, brokenAt: last.seq + 1 };
    }
    last = line;
  }
  return { lines: last.seq, brokenAt: null };
}
