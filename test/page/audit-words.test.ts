import { describe, expect, it } from '@jest/globals';
import { auditWords } from '../../src/sandbox/page/audit-words.js';
import { createAccess } from '../../src/sandbox/page/access.js';
import { createAskedBook } from '../../src/sandbox/page/asked.js';
import { checkChain } from '../../src/sandbox/page/check-chain.js';
import type { Entry } from '../../src/requests/step.js';
import { EMPTY_CHAIN, nextLink, readLine } from '../../src/store/audit-chain.js';
import { chained, dropped, entry, extended, granted, registration } from './lines.js';

const NAMES: Readonly<Record<string, string>> = { U0LENA: 'Lena', U0TOM: 'Tom' };

/** The last of these lines in words; those before it are on record. */
function words(...entries: readonly Entry[]): string {
  const book = createAskedBook();
  const lines = chained(...entries);
  for (const line of lines) book.take(line);
  const last = lines.at(-1);
  if (last === undefined) throw new Error('no line');
  return auditWords(last, { name: (id) => NAMES[id] ?? id, asked: book.of });
}

const asked = (wish: string) => entry('asked', { who: 'U0LENA', detail: { change: 'x', wish } });

describe('a line of the audit in words', () => {
  it.each<[string, Entry]>([
    ['asked to let Lena use DataCite for 90 days', granted('R-1').asked],
    ['asked to do what no page knows with Tom', asked('do what no page knows with <@U0TOM>')],
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
    ['wrote down what Onezone answered to R-00000001', entry('recorded')],
    [
      'linked Lena to the Onezone user f1c8 (by approval)',
      entry('linked', { detail: { onezone: 'f1c8', how: 'by approval' } }),
    ],
    ['keeps R-00000001: Onezone does not answer.', entry('kept waiting')],
    ['took R-00000001 up again', entry('taken up again')],
    ['could not carry out R-00000001: No.', entry('failed', { detail: { why: 'No.' } })],
    ['could not carry out R-00000002: No.', extended('R-00000002', 'R-00000001', '').failed],
    [
      'cannot say what became of R-00000001: Onezone shows “not a member”.',
      entry('unclear', {
        detail: { outcomes: [{ slack: 'U0LENA', kind: 'unclear', saw: 'not a member' }] },
      }),
    ],
    ['began to take back what R-00000001 gave', entry('ending')],
    [
      'ended the access of Lena to “DataCite”',
      entry('ended', {
        people: ['U0LENA', 'U0TOM'],
        detail: { outcomes: [{ slack: 'U0LENA', kind: 'ended', left: 'nothing' }] },
      }),
    ],
    [
      'ended the access of Lena to “DataCite”; still there: what was there before',
      entry('ended', {
        detail: { outcomes: [{ slack: 'U0LENA', kind: 'ended', left: 'what was there before' }] },
      }),
    ],
    ['noted that what R-00000001 gave ends later', entry('extended')],
    [
      'warned Lena: the access to “DataCite” ends on 2027-02-20',
      entry('warned', { detail: { onezone: 'f1c8', end: '2027-02-20T10:00:00.000Z' } }),
    ],
    ['let R-00000001 lapse: nobody decided in time', entry('lapsed')],
    [
      'could not post a message about R-00000001 (is_archived)',
      entry('message failed', { detail: { code: 'is_archived' } }),
    ],
    ['loaded the policy', entry('policy loaded', { request: null, service: null })],
  ])('%s', (expected, one) => {
    expect(words(one)).toBe(expected);
  });

  it.each([
    [null, ['handle_service_view', 'handle_service_register_handle'], 'now view, register handle'],
    [[], ['handle_service_view'], 'no privileges → view'],
    [['handle_service_view'], null, 'view → no member'],
  ])('says what was made of an access: %j to %j', (from, to, expected) => {
    const detail = { onezone: 'f1c8', from, to };
    expect(words(entry('access changed', { request: null, detail }))).toBe(
      `changed what Lena can do with “DataCite” in Onezone: ${expected}`,
    );
  });

  it('says what others made of it', () => {
    const detail = { added: ['handle_service_update'], removed: ['member', 'handle_service_view'] };
    expect(words(entry('changed by others', { request: null, detail }))).toBe(
      'saw that others changed what Lena can do with “DataCite”: added update, took away member, view',
    );
  });

  it('keeps words of earlier versions readable', () => {
    const old = { level: 'use', until: { for: '90d' } };
    expect(words(entry('asked', { detail: old }))).toBe('asked for R-00000001 (“DataCite”)');
    const active = { outcomes: [{ slack: 'U0LENA', onezone: 'zone-lena', is: 'active' }] };
    expect(words(entry('asked', { detail: old }), entry('carried out', { detail: active }))).toBe(
      'read back from Onezone: done – R-00000001',
    );
    const link = nextLink(EMPTY_CHAIN, entry('recorded'));
    const older = readLine({ ...link, line: link.line.replace('recorded', 'inherited') });
    const telling = { name: String, asked: () => null };
    expect(auditWords(older, telling)).toBe('inherited (R-00000001)');
  });
});

describe('what was carried out, in words', () => {
  const outcome = (slack: string, kind: string, more: object = {}) => ({ slack, kind, ...more });
  const carriedOut = (detail: object) => entry('carried out', { detail: { ...detail } });

  it('is the wish, whatever it was', () => {
    const grant = granted('R-00000002');
    const longer = extended('R-00000003', 'R-00000002', '2027-06-01T00:00:00.000Z');
    const taken = dropped('R-00000004', 'revoke', 'take from <@U0LENA> the access to DataCite');
    const given = dropped('R-00000005', 'release', 'give back the own access to DataCite');
    const said = [grant, longer, taken, given].map((one) => words(one.asked, one.done));
    expect([words(...registration), ...said]).toEqual(
      [
        'register the DOI handle service DataCite',
        'let Lena use DataCite for 90 days',
        'let Lena go on to use DataCite for 365 days',
        'take from Lena the access to DataCite',
        'give back the own access to DataCite',
      ].map((wish) => `read back from Onezone: done – ${wish}`),
    );
  });

  it('says how far it is with many people, for whom it failed, and what is still there', () => {
    const wish = asked('let <@U0LENA>, <@U0TOM> and 48 others use DataCite');
    const said = (detail: object) =>
      words(wish, carriedOut(detail)).replace('let Lena, Tom and 48 others use DataCite', '…');
    expect(said({ settled: 10, of: 50, outcomes: [] })).toBe(
      'read back from Onezone: 10 of 50 people so far – …',
    );
    const mixed = [outcome('U0LENA', 'done'), outcome('U0TOM', 'failed'), outcome('U0X', 'failed')];
    expect(said({ outcomes: mixed })).toBe('read back from Onezone: done – …; failed for Tom, U0X');
    const left = { has: [], left: 'access through a group' };
    expect(said({ outcomes: [outcome('U0LENA', 'done', left)] })).toBe(
      'read back from Onezone: done – …; still there: access through a group',
    );
  });
});

describe('access, read from the audit', () => {
  const read = (...entries: readonly Entry[]) => {
    const access = createAccess();
    for (const line of chained(...entries)) access.take(line);
    return access.lasts('service1', 'zone-lena');
  };
  const later = '2027-06-01T00:00:00.000Z';

  it('lasts as long as its grant says, until it has ended', () => {
    const { asked: grant, started, done, ended } = granted('R-00000002');
    const until = { kind: 'until', at: '2027-02-20T10:00:00.000Z', request: 'R-00000002' };
    expect(read(...registration)).toBeNull();
    expect(read(grant, started)).toBeNull();
    expect(read(grant, started, done)).toEqual(until);
    expect(read(grant, started, done, ended)).toBeNull();
  });

  it('of several grants is the longest that still holds', () => {
    const short = granted('R-00000002', '2027-01-01T00:00:00.000Z');
    const long = granted('R-00000003', later);
    const forever = granted('R-00000004', null);
    const given = (one: typeof short) => [one.asked, one.started, one.done];
    const both = [...given(short), ...given(long)];
    expect(read(...both)).toMatchObject({ request: 'R-00000003' });
    expect(read(...both, ...given(forever))).toEqual({
      kind: 'permanently',
      request: 'R-00000004',
    });
    expect(read(...both, long.ended)).toMatchObject({ request: 'R-00000002' });
  });

  it('goes on to its later end once an extension is carried out', () => {
    const grant = granted('R-00000002');
    const given = [grant.asked, grant.started, grant.done];
    const longer = extended('R-00000003', 'R-00000002', later);
    const moved = { kind: 'until', at: later, request: 'R-00000002' };
    const before = read(...given);
    expect(read(...given, longer.asked, longer.started)).toEqual(before);
    expect(read(...given, longer.asked, longer.started, longer.failed)).toEqual(before);
    const all = [...given, longer.asked, longer.started, longer.done];
    expect(read(...all)).toEqual(moved);
    // Somebody else of the same grant is done later: its line repeats the outcomes so far.
    expect(read(...all, grant.done)).toEqual(moved);
    expect(read(...all, grant.ended)).toBeNull();
  });

  it('is not given by what takes it away', () => {
    const taken = dropped('R-00000003', 'revoke', 'take from <@U0LENA> the access to DataCite');
    const grant = granted('R-00000002');
    const given = [grant.asked, grant.started, grant.done];
    expect(read(...given, taken.asked, taken.started, grant.ended, taken.done)).toBeNull();
    expect(read(taken.asked, taken.started, taken.done)).toBeNull();
  });

  it('knows the grants of earlier versions', () => {
    const { started, ended } = granted('R-00000002');
    const detail = { level: 'use', until: { for: '90d' } };
    const asking = entry('asked', { request: 'R-00000002', detail });
    const active = { slack: 'U0LENA', onezone: 'zone-lena', is: 'active' };
    const done = entry('carried out', { request: 'R-00000002', detail: { outcomes: [active] } });
    expect(read(asking, started, done)).toMatchObject({ request: 'R-00000002' });
    expect(read(asking, started, done, ended)).toBeNull();
    const over = { outcomes: [{ ...active, is: 'ended' }] };
    const end = entry('ended', { request: 'R-00000002', detail: over });
    expect(read(asking, started, done, end)).toBeNull();
  });
});

describe('the chain of hashes', () => {
  const lines = chained(...registration);

  it('holds as it was written', () => {
    expect(checkChain(lines)).toEqual({ lines: 4, brokenAt: null });
    expect(checkChain([])).toEqual({ lines: 0, brokenAt: null });
  });

  it('breaks where a line was changed, removed or put in', () => {
    const changed = lines.map((line) => (line.seq === 3 ? { ...line, who: 'U0MALLORY' } : line));
    expect(checkChain(changed)).toEqual({ lines: 2, brokenAt: 3 });
    expect(checkChain(lines.filter((line) => line.seq !== 2))).toEqual({ lines: 1, brokenAt: 2 });
    expect(checkChain([...lines, ...lines.slice(-1)])).toEqual({ lines: 4, brokenAt: 5 });
  });
});
