import { describe, expect, it } from '@jest/globals';
import type { Claim, Touch } from '../../src/access/access.js';
import {
  NO_ANSWER,
  outcomeOf,
  outcomeOfDropped,
  outcomeOfTouched,
} from '../../src/access/outcome.js';
import type { Outcome } from '../../src/requests/request.js';
import { after, aClaim, anAccess, NOW } from '../builders.js';
import { USE, VIEW } from './words.js';

const given = { kind: 'given' as const, at: NOW, added: [VIEW] };
const ended = { kind: 'ended' as const, at: after(5), left: 'nothing' as const };
const droppedBy = (by: string) => ({ dropped: { by, at: after(4) } });
const applied = { privileges: USE, at: NOW };

describe('what has become of a grant for a person', () => {
  it.each<[string, Partial<Claim>, Outcome]>([
    ['nothing yet', {}, { kind: 'waiting' }],
    ['it was given', { state: given }, { kind: 'done', at: NOW, has: USE, added: [VIEW] }],
    [
      'Onezone refused it',
      { state: { kind: 'failed', at: NOW, why: 'w', next: 'n' } },
      { kind: 'failed', why: 'w', next: 'n' },
    ],
    [
      'something else was seen',
      { state: { kind: 'unclear', saw: 'x' } },
      { kind: 'unclear', saw: 'x' },
    ],
    ['its time is up', { state: given, until: NOW }, { kind: 'ending' }],
    ['its time is up', { state: { kind: 'unclear', saw: 'x' }, until: NOW }, { kind: 'ending' }],
    ['it was revoked', { state: given, ...droppedBy('R-0000000C') }, { kind: 'ending' }],
    ['it was revoked before it was given', droppedBy('R-0000000C'), { kind: 'waiting' }],
    [
      'it was given up',
      droppedBy('R-0000000A'),
      { kind: 'unclear', saw: 'no answer', ...NO_ANSWER },
    ],
    [
      'it has ended',
      { state: ended, until: after(1) },
      { kind: 'ended', at: after(5), due: after(1), by: null, left: 'nothing' },
    ],
    [
      'it has ended before its time',
      { state: ended, until: after(9), ...droppedBy('R-0000000C') },
      { kind: 'ended', at: after(5), due: after(4), by: 'R-0000000C', left: 'nothing' },
    ],
  ])('%s', (_what, said, outcome) => {
    const access = anAccess({ applied, claims: [aClaim(said)] });
    expect(outcomeOf(access, 'R-0000000A', NOW)).toEqual(outcome);
  });

  it('is unknown without an access, or without a claim of this request', () => {
    expect(outcomeOf(null, 'R-0000000A', NOW)).toBeNull();
    const access = anAccess({ claims: [aClaim({ request: 'R-0000000C' })] });
    expect(outcomeOf(access, 'R-0000000A', NOW)).toBeNull();
  });
});

describe('what has become of what a request took away', () => {
  const by = 'R-0000000D';
  const gone = (request: string, said: Partial<Claim> = {}): Claim =>
    aClaim({ request, state: ended, ...droppedBy(by), ...said });
  const outcome = (...claims: readonly Claim[]) =>
    outcomeOfDropped(anAccess({ applied: { privileges: null, at: NOW }, claims: [...claims] }), by);

  it('is that everything is gone, with what is left by the last', () => {
    const last = { ...ended, at: after(7), left: 'access through a group' as const };
    expect(outcome(gone('R-0000000A', { state: last }), gone('R-0000000C'))).toEqual({
      kind: 'done',
      at: after(7),
      has: null,
      left: 'access through a group',
    });
  });

  it('is unknown while one of it is still there', () => {
    expect(outcome(gone('R-0000000A'), gone('R-0000000C', { state: given }))).toBeNull();
  });

  it('is unknown where it took nothing, whatever others did', () => {
    expect(outcome(aClaim({ state: ended, ...droppedBy('R-0000000E') }))).toBeNull();
    expect(outcome()).toBeNull();
  });
});

describe('what has become of what a request moved or restored', () => {
  type Touched = Touch['state'];
  const outcome = (state: Touched) =>
    outcomeOfTouched(
      anAccess({
        applied,
        claims: [aClaim({ touches: [{ by: 'R-0000000C', restores: false, state }] })],
      }),
      'R-0000000C',
    );

  it.each<[string, Touched, Outcome | null]>([
    ['is unknown yet', { kind: 'wanted' }, null],
    [
      'was read back',
      { kind: 'confirmed', at: after(5) },
      { kind: 'done', at: after(5), has: USE },
    ],
    [
      'was not confirmed',
      { kind: 'failed', why: 'w', next: 'n' },
      { kind: 'failed', why: 'w', next: 'n' },
    ],
  ])('%s', (_what, state, expected) => {
    expect(outcome(state)).toEqual(expected);
  });

  it('is that of the claim that is still there, where it touched two', () => {
    const confirmed = { kind: 'confirmed' as const, at: after(5) };
    const claims = [{ kind: 'failed' as const, why: 'w', next: 'n' }, confirmed].map((state) =>
      aClaim({ touches: [{ by: 'R-0000000C', restores: true, state }] }),
    );
    const access = anAccess({ applied, claims });
    expect(outcomeOfTouched(access, 'R-0000000C')).toEqual({
      kind: 'done',
      at: after(5),
      has: USE,
    });
  });

  it('is unknown where it touched nothing', () => {
    expect(outcomeOfTouched(anAccess({ claims: [aClaim()] }), 'R-0000000C')).toBeNull();
  });
});
