import { nextLink, readLine, START } from '../../src/store/audit-chain.js';
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
  for (const one of entries) lines.push(readLine(nextLink(lines.at(-1) ?? START, one)));
  return lines;
}

/** A registration from the question to the reading back. */
export const registration: readonly Entry[] = [
  entry('asked', { who: 'U0ADA', people: [], detail: { name: 'DataCite', registrar: 'DOI' } }),
  entry('started', { people: [] }),
  entry('registered', { people: [] }),
  entry('carried out', { people: [], detail: { registrar: 'DOI' } }),
];

const active = { slack: 'U0LENA', onezone: 'zone-lena', kind: 'active' };

/** What becomes of a request for access that is agreed to. */
export function granted(request: string, end: string | null = '2027-02-20T10:00:00.000Z') {
  const detail = { level: 'use', until: { for: '90d' } };
  return {
    asked: entry('asked', { request, who: 'U0LENA', detail }),
    approved: entry('approved', { request, who: 'U0CORA', detail: { comment: '', missing: 0 } }),
    kept: entry('kept waiting', { request, detail: { why: 'Onezone does not answer.' } }),
    started: entry('started', { request, detail: { end } }),
    done: entry('carried out', { request, detail: { outcomes: [active] } }),
    ended: entry('ended', { request, detail: { outcomes: [{ ...active, kind: 'ended' }] } }),
  };
}
