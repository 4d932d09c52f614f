import type { Finding } from '../store/store.js';

/** What `audit verify` can find. */
export type Result =
  | Finding
  | { readonly kind: 'unbroken'; readonly lines: number; readonly head: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'missing'; readonly what: 'database' | 'table' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Each finding has its own, so that a script can tell them apart. 69 and 78 are those of sysexits.h. */
const EXITS = {
  unbroken: [0, 'every line follows from the one before, and the chain ends at its head'],
  altered: [10, 'a line was changed or added'],
  removed: [11, 'lines are missing before others'],
  're-ordered': [12, 'a line stands in another place'],
  cut: [13, 'lines are missing at the end'],
  emptied: [14, 'there were lines, and all are gone'],
  empty: [15, 'no line was ever written: a new desk, or another database'],
  missing: [16, 'there is no database, or no audit in it'],
  'no head': [17, 'what says where the chain ends is gone'],
  'another chain': [18, 'the head of --head is not in the chain'],
  unreadable: [69, 'the database cannot be reached or read'],
  settings: [78, 'DATABASE_URL or the options are not right'],
} as const satisfies Readonly<Record<Result['kind'] | 'settings', readonly [number, string]>>;

export const exitCodeOf = (kind: keyof typeof EXITS): number => EXITS[kind][0];

export const exitCodesHelp = `
Exit codes:
${Object.values(EXITS)
  .map(([code, meaning]) => `  ${String(code).padStart(2)}  ${meaning}`)
  .join('\n')}`;

const KEEP =
  'Next: stop the desk, keep the database as it is as evidence, and compare with a backup and with the heads in the operators’ channel.';

export function say(result: Result): string {
  switch (result.kind) {
    case 'unbroken':
      return `${String(result.lines)} lines, unbroken. Head: ${result.head}`;
    case 'altered':
      return `Altered: ${alteredWords(result)} ${KEEP}`;
    case 'removed':
      return `Removed: ${rangeIs(result)} missing, and later lines are there. ${KEEP}`;
    case 're-ordered':
      return `Re-ordered: line ${String(result.line)} stands in place ${String(result.at)}. ${KEEP}`;
    case 'cut':
      return `Cut: ${rangeIs(result)} missing at the end. ${KEEP}`;
    case 'emptied':
      return `Emptied: ${result.to === null ? 'all lines are' : rangeIs(result)} gone, and none is left. ${KEEP}`;
    case 'empty':
      return 'Empty: no line was ever written to this audit. So it is with a new desk. If this desk has been in use, it is another database: check DATABASE_URL, and compare with a backup.';
    case 'missing':
      return result.what === 'database'
        ? 'Missing: there is no database at DATABASE_URL. Next: check DATABASE_URL and the folder in which this runs; if both are right, the database is gone: restore it from a backup.'
        : 'Missing: the database of DATABASE_URL has no audit. Next: check DATABASE_URL; if it is right, the table was dropped or the desk has never started: restore it from a backup.';
    case 'no head':
      return `No head: the lines up to ${String(result.line - 1)} are unbroken, but what says where the chain ends is gone, so lines may be missing at the end. ${KEEP}`;
    case 'another chain':
      return `Another chain: it is unbroken in itself, but ${result.line === null ? 'no line has the hash of --head' : `line ${String(result.line)} does not have the hash of --head`}. So it was written anew, or the head is that of another desk. ${KEEP}`;
    case 'unreadable':
      return `The audit cannot be read: ${result.reason}`;
  }
}

function alteredWords({ line, how }: Extract<Finding, { kind: 'altered' }>): string {
  const it = `line ${String(line)}`;
  switch (how) {
    case 'text':
      return `the text of ${it} and its hash do not belong together.`;
    case 'column':
      return `a column of ${it} says something else than its text.`;
    case 'with its hash':
      return `${it} was written anew together with its hash; what follows it names another.`;
    case 'added':
      return `${it} was added by something else than the desk, whose chain ends before it.`;
  }
}

function rangeIs({ line, to }: { readonly line: number; readonly to: number | null }): string {
  if (to === null) return `lines from ${String(line)} on are`;
  return to === line ? `line ${String(line)} is` : `lines ${String(line)} to ${String(to)} are`;
}
