import { describe, expect, it } from '@jest/globals';
import { isEnding, isLive } from '../../src/access/access.js';
import { desired } from '../../src/access/desired.js';
import { after, aClaim, anAccess, NOW } from '../builders.js';
import { vocabulary } from './membership.js';
import { LIST_HANDLES, MAINTAIN, REGISTER_HANDLE, shown, USE, VIEW } from './words.js';

const given = { kind: 'given' as const, at: NOW, added: USE };
const dropped = { by: 'R-0000DR0P', at: NOW };

describe('what the zone should show', () => {
  it.each([
    ['nothing where nobody gave anything', anAccess(), null],
    ['what a claim gives', anAccess({ claims: [aClaim()] }), USE],
    ['what others gave', anAccess({ baseline: [VIEW] }), [VIEW]],
    ['a membership without privileges, where others gave that', anAccess({ baseline: [] }), []],
    [
      'both, and each thing once',
      anAccess({ baseline: [LIST_HANDLES, VIEW], claims: [aClaim()] }),
      [LIST_HANDLES, REGISTER_HANDLE, VIEW],
    ],
    [
      'the more of two claims',
      anAccess({ claims: [aClaim(), aClaim({ request: 'R-0000000C', level: 'maintain' })] }),
      MAINTAIN,
    ],
    [
      'nothing of what others took from a claim',
      anAccess({ claims: [aClaim({ lost: [VIEW], state: given })] }),
      [REGISTER_HANDLE],
    ],
    [
      'a membership still, where they took every privilege but not that',
      anAccess({ claims: [aClaim({ lost: USE, state: given })] }),
      [],
    ],
    [
      'nothing at all, where they took the membership',
      anAccess({ claims: [aClaim({ lost: ['member', VIEW], state: given })] }),
      null,
    ],
    [
      'what one claim gives though it was taken from another: it was asked for anew',
      anAccess({
        claims: [
          aClaim({ lost: ['member', ...USE], state: given }),
          aClaim({ request: 'R-0000000C' }),
        ],
      }),
      USE,
    ],
  ])('is %s', (_what, access, privileges) => {
    expect(shown(desired(access, vocabulary, NOW))).toEqual(privileges);
  });

  it('has no privilege that this zone does not know', () => {
    const old = { all: [VIEW, LIST_HANDLES] };
    const access = anAccess({ claims: [aClaim({ level: 'own' })] });
    expect(shown(desired(access, old, NOW))).toEqual([LIST_HANDLES, VIEW]);
  });
});

describe('a claim', () => {
  it.each([
    ['gives before its end', aClaim({ until: after(1) }), { isLive: true, isEnding: false }],
    [
      'is over at its end, to the moment',
      aClaim({ until: NOW }),
      { isLive: false, isEnding: true },
    ],
    ['without an end gives on', aClaim({ until: null }), { isLive: true, isEnding: false }],
    ['that was dropped is over', aClaim({ dropped }), { isLive: false, isEnding: true }],
    [
      'that Onezone refused gives nothing, and leaves nothing to take away',
      aClaim({ state: { kind: 'failed', at: NOW, why: 'w', next: 'n' } }),
      { isLive: false, isEnding: false },
    ],
    [
      'that has ended leaves nothing to take away either',
      aClaim({ until: NOW, state: { kind: 'ended', at: NOW, left: 'nothing' } }),
      { isLive: false, isEnding: false },
    ],
  ])('%s', (_what, claim, expected) => {
    expect({ isLive: isLive(claim, NOW), isEnding: isEnding(claim, NOW) }).toEqual(expected);
  });
});
