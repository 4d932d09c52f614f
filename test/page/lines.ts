import { nextLink, readLine, EMPTY_CHAIN } from '../../src/store/audit-chain.js';
import type { AuditLine } from '../../src/store/store.js';
import type { AuditWord, Entry } from '../../src/requests/step.js';

const service = { id: 'service1', name: 'DataCite' };

/** One line's worth, with everything that a test does not care about. */
export const entry = (what: AuditWord, given: Partial<Entry> = {}): Entry => ({
  at: new Date('2026-11-22T10:00:00Z'),
  who: 'bot',
  what,
  request: 'R-00000001',
  service,
  people: ['U0LENA'],
  detail: {},
  ...given,
});

/** Lines as the store chains them. */
export function chained(...entries: readonly Entry[]): readonly AuditLine[] {
  const lines: AuditLine[] = [];
  for (const one of entries) lines.push(readLine(nextLink(lines.at(-1) ?? EMPTY_CHAIN, one)));
  return lines;
}

/** A registration from the question to the reading back. */
export const registration: readonly Entry[] = [
  entry('asked', {
    who: 'U0ADA',
    people: [],
    detail: {
      change: 'register',
      wish: 'register the DOI handle service DataCite',
      registrar: 'DOI',
    },
  }),
  entry('started', { people: [] }),
  entry('recorded', { people: [], detail: { ...service } }),
  entry('carried out', { people: [], detail: { registrar: 'DOI' } }),
];

const done = { slack: 'U0LENA', onezone: 'zone-lena', kind: 'done' };

const asking = (change: string, wish: string, more: object = {}) => ({ change, wish, ...more });

/** What becomes of a request for access that is agreed to. */
export function granted(request: string, end: string | null = '2027-02-20T10:00:00.000Z') {
  const detail = asking('grant', 'let <@U0LENA> use DataCite for 90 days');
  return {
    asked: entry('asked', { request, who: 'U0LENA', detail }),
    approved: entry('approved', { request, who: 'U0CORA', detail: { comment: '', missing: 0 } }),
    kept: entry('kept waiting', { request, detail: { why: 'Onezone does not answer.' } }),
    started: entry('started', { request, detail: { end } }),
    done: entry('carried out', { request, detail: { outcomes: [done] } }),
    ended: entry('ended', {
      request,
      detail: { outcomes: [{ ...done, kind: 'ended', left: 'nothing' }] },
    }),
  };
}

/** What becomes of an extension that is agreed to. */
export function extended(request: string, grant: string, end: string) {
  const wish = 'let <@U0LENA> go on to use DataCite for 365 days';
  const detail = asking('extend', wish, { access: `${grant}:U0LENA` });
  return {
    asked: entry('asked', { request, who: 'U0LENA', detail }),
    started: entry('started', { request, detail: { end } }),
    done: entry('carried out', { request, detail: { outcomes: [done] } }),
    failed: entry('failed', {
      request,
      detail: { outcomes: [{ ...done, kind: 'failed', why: 'No.' }] },
    }),
  };
}

/** What becomes of access that is taken or given back. */
export function dropped(request: string, change: 'revoke' | 'release', wish: string) {
  const detail = asking(change, wish);
  return {
    asked: entry('asked', { request, who: 'U0CORA', detail }),
    started: entry('started', { request }),
    done: entry('carried out', {
      request,
      detail: { outcomes: [{ ...done, has: null, left: 'nothing' }] },
    }),
  };
}
