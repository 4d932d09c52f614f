import { describe, expect, it } from '@jest/globals';
import { auditWords } from '../../src/sandbox/page/audit-words.js';
import { createAccess } from '../../src/sandbox/page/access.js';
import { checkChain } from '../../src/sandbox/page/check-chain.js';
import type { Entry } from '../../src/requests/step.js';
import { chained, entry, granted, registration } from './lines.js';

const name = (id: string) => (id === 'U0LENA' ? 'Lena' : id === 'U0TOM' ? 'Tom' : id);

function words(one: Entry): string {
  const [line] = chained(one);
  if (line === undefined) throw new Error('no line');
  return auditWords(line, name);
}

const asked = (detail: object, people: readonly string[] = ['U0LENA']) =>
  entry('asked', { who: 'U0LENA', people, detail: { ...detail } });

describe('a line of the audit in words', () => {
  it.each<[string, Entry]>([
    ['asked to use “DataCite” for 90 days', asked({ level: 'use', until: { for: '90d' } })],
    [
      'asked to maintain “DataCite” for Tom, Lena until 2027-01-31',
      asked({ level: 'maintain', until: { on: '2027-01-31' } }, ['U0TOM', 'U0LENA']),
    ],
    [
      'asked to own “DataCite” for 4 people permanently',
      asked({ level: 'own', until: 'permanent' }, ['U0A', 'U0B', 'U0C', 'U0D']),
    ],
    ['asked to register “DataCite” (DOI)', asked({ registrar: 'DOI' }, [])],
    [
      'was refused (grant): Tom is a guest; see `mine`.'.replaceAll('`', ''),
      entry('refused', { detail: { wanted: 'grant', why: '<@U0TOM> is a guest; see `mine`.' } }),
    ],
    ['read in Onezone what R-00000001 would do', entry('previewed')],
    ['agreed to R-00000001', entry('approved', { detail: { missing: 0 } })],
    ['agreed to R-00000001; 1 more must agree', entry('approved', { detail: { missing: 1 } })],
    [
      'began to carry out R-00000001; its end on 2027-02-20 is already on record',
      entry('started', { detail: { end: '2027-02-20T10:00:00.000Z' } }),
    ],
    ['began to carry out R-00000001', entry('started', { detail: { end: null } })],
    [
      'gave access to 10 of 50 people so far, “DataCite”',
      entry('carried out', { detail: { settled: 10, of: 50, outcomes: [] } }),
    ],
    [
      'read back from Onezone: Lena has access to “DataCite”',
      entry('carried out', { detail: { outcomes: [{ slack: 'U0LENA', kind: 'active' }] } }),
    ],
    ['read “DataCite” back from Onezone: it is registered', entry('carried out')],
    [
      'linked Lena to the Onezone user f1c8 (by approval)',
      entry('linked', { detail: { onezone: 'f1c8', how: 'by approval' } }),
    ],
    ['keeps R-00000001: Onezone does not answer.', entry('kept waiting')],
    ['could not carry out R-00000001: No.', entry('failed', { detail: { why: 'No.' } })],
    ['ended the access of Lena to “DataCite”', entry('ended')],
    ['let R-00000001 lapse: nobody decided in time', entry('lapsed')],
    [
      'could not post a message about R-00000001 (is_archived)',
      entry('message failed', { detail: { code: 'is_archived' } }),
    ],
    ['loaded the policy', entry('policy loaded', { request: null, service: null })],
  ])('%s', (expected, one) => {
    expect(words(one)).toBe(expected);
  });
});

describe('access, read from the audit', () => {
  const read = (...entries: readonly Entry[]) => {
    const access = createAccess();
    for (const line of chained(...entries)) access.take(line);
    return access.lasts('service1', 'zone-lena');
  };

  it('lasts as long as its grant says, until it has ended', () => {
    const { started, done, ended } = granted('R-00000002');
    const until = { kind: 'until', at: '2027-02-20T10:00:00.000Z', request: 'R-00000002' };
    expect(read(...registration)).toBeNull();
    expect(read(started)).toBeNull();
    expect(read(started, done)).toEqual(until);
    expect(read(started, done, ended)).toBeNull();
  });

  it('of several grants is the longest that still holds', () => {
    const short = granted('R-00000002', '2027-01-01T00:00:00.000Z');
    const long = granted('R-00000003', '2027-06-01T00:00:00.000Z');
    const forever = granted('R-00000004', null);
    const both = [short.started, short.done, long.started, long.done];
    expect(read(...both)).toMatchObject({ request: 'R-00000003' });
    expect(read(...both, forever.started, forever.done)).toEqual({
      kind: 'permanently',
      request: 'R-00000004',
    });
    expect(read(...both, long.ended)).toMatchObject({ request: 'R-00000002' });
  });
});

describe('the chain of hashes', () => {
  const lines = chained(...registration);

  it('holds as it was written', () => {
    expect(checkChain(lines)).toEqual({ lines: 4, brokenAt: null });
    expect(checkChain([])).toEqual({ lines: 0, brokenAt: null });
  });

  it('breaks where a line was changed, removed or put in', () => {
    const changed = lines.map((it) => (it.seq === 3 ? { ...it, who: 'U0MALLORY' } : it));
    expect(checkChain(changed)).toEqual({ lines: 2, brokenAt: 3 });
    expect(checkChain(lines.filter((it) => it.seq !== 2))).toEqual({ lines: 1, brokenAt: 2 });
    expect(checkChain([...lines, ...lines.slice(-1)])).toEqual({ lines: 4, brokenAt: 5 });
  });
});
