import { follows, nextLink, EMPTY_CHAIN } from '../../store/audit-chain.js';
import type { AuditLine } from '../../store/store.js';

export interface ChainCheck {
  /** Number of unchanged lines from the start. */
  readonly lines: number;
  /** `seq` of the first line that was changed or is missing; null: none. */
  readonly brokenAt: number | null;
}

/** Recomputes every hash from the previous line. */
export function checkChain(lines: readonly AuditLine[]): ChainCheck {
  let last: { readonly seq: number; readonly hash: string } = EMPTY_CHAIN;
  for (const line of lines) {
    const { line: text } = nextLink({ seq: line.seq - 1, hash: line.previous }, line);
    if (!follows(last, { seq: line.seq, hash: line.hash, line: text })) {
      return { lines: last.seq, brokenAt: last.seq + 1 };
    }
    last = line;
  }
  return { lines: last.seq, brokenAt: null };
}
