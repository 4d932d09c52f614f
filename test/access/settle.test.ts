import { describe, expect, it } from '@jest/globals';
import type { Access, Claim } from '../../src/access/access.js';
import { desired } from '../../src/access/desired.js';
import { isSame, type PrivilegeSet } from '../../src/access/privilege-set.js';
import { settle } from '../../src/access/settle.js';
import { after, aClaim, anAccess, days, NOW } from '../builders.js';
import { vocabulary } from './membership.js';
import { LIST_HANDLES, member, noMember, REGISTER_HANDLE, USE, VIEW } from './words.js';

const given = { kind: 'given' as const, at: NOW, added: USE };
const over = aClaim({ state: given, until: NOW });
const other = (said: Partial<Claim> = {}): Claim =>
  aClaim({ request: 'R-0000000C', state: given, ...said });

const settled = (access: Access, seen: PrivilegeSet, isInThroughGroup = false): Access =>
  settle(access, seen, { vocabulary, now: after(9), isInThroughGroup });
const claimsOf = (access: Access, seen: PrivilegeSet, isInThroughGroup = false) =>
  settled(access, seen, isInThroughGroup).claims;

describe('what was wanted', () => {
  it('is given once it was read back, with what it added to what others gave', () => {
    const access = anAccess({ baseline: [VIEW], claims: [aClaim()], writing: { to: USE } });
    expect(settled(access, member(...USE))).toEqual({
      ...access,
      writing: null,
      claims: [aClaim({ state: { kind: 'given', at: after(9), added: [REGISTER_HANDLE] } })],
    });
  });

  it('is given also where others had given all of it', () => {
    const access = anAccess({ baseline: USE, claims: [aClaim()] });
    expect(claimsOf(access, member(...USE))).toMatchObject([{ state: { added: [] } }]);
  });

  it.each<[string, PrivilegeSet, readonly string[]]>([
    ['nothing', noMember, ['member', ...USE]],
    ['an empty membership', member(), USE],
    ['a part', member(VIEW, LIST_HANDLES), [REGISTER_HANDLE]],
  ])(
    'is unclear where %s was read back, and not given a second time by itself',
    (_what, seen, lost) => {
      const [claim] = claimsOf(anAccess({ claims: [aClaim()] }), seen);
      expect(claim).toMatchObject({ state: { kind: 'unclear' }, lost });
      if (claim === undefined) throw new Error('the claim is gone');
      const again = desired(anAccess({ claims: [claim] }), vocabulary, after(9));
      expect([...again].every((word) => seen.has(word))).toBe(true);
    },
  );

  it('says what was seen instead, as Onezone writes it', () => {
    const sawOf = (seen: PrivilegeSet) =>
      claimsOf(anAccess({ claims: [aClaim()] }), seen)[0]?.state;
    expect(sawOf(noMember)).toEqual({ kind: 'unclear', saw: 'not a member' });
    expect(sawOf(member())).toEqual({ kind: 'unclear', saw: 'a member without privileges' });
    expect(sawOf(member(VIEW))).toEqual({ kind: 'unclear', saw: VIEW });
  });

  it('is over without having been given, where its time was up before', () => {
    const access = anAccess({ claims: [aClaim({ until: NOW })] });
    expect(claimsOf(access, noMember)).toMatchObject([
      { state: { kind: 'ended', at: after(9), left: 'nothing' } },
    ]);
  });
});

describe('what is over', () => {
  it.each<[string, Partial<Access>, boolean, string]>([
    ['nothing', { claims: [over] }, false, 'nothing'],
    ['access through a group', { claims: [over] }, true, 'access through a group'],
    ['what was there before', { claims: [over], baseline: [VIEW] }, false, 'what was there before'],
    [
      'what others gave meanwhile',
      { claims: [over], baseline: [VIEW], joined: [VIEW] },
      false,
      'what others gave',
    ],
    [
      'access by another request',
      { claims: [over, other()], baseline: [VIEW] },
      false,
      'access by another request',
    ],
    [
      'nothing by another request that is over as well',
      { claims: [over, other({ until: after(1) })] },
      false,
      'nothing',
    ],
    [
      'nothing by another request of which others took everything',
      { claims: [over, other({ lost: ['member', ...USE] })] },
      false,
      'nothing',
    ],
  ])('leaves %s', (_what, said, isInThroughGroup, left) => {
    const [claim] = claimsOf(anAccess(said), noMember, isInThroughGroup);
    expect(claim?.state).toEqual({ kind: 'ended', at: after(9), left });
  });

  it.each<[string, Claim]>([
    ['ended', aClaim({ until: NOW, state: { kind: 'ended', at: NOW, left: 'nothing' } })],
    ['failed', aClaim({ state: { kind: 'failed', at: NOW, why: 'w', next: 'n' } })],
  ])('is kept as it was for a day after it %s, and then forgotten', (_what, claim) => {
    const access = anAccess({ claims: [claim] });
    const at = (now: Date) =>
      settle(access, noMember, { vocabulary, now, isInThroughGroup: false }).claims;
    expect(at(days(1))).toEqual([claim]);
    expect(at(new Date(days(1).getTime() + 1))).toEqual([]);
  });
});

describe('what was touched', () => {
  const touched = { by: 'R-0000000C', restores: false, state: { kind: 'wanted' as const } };
  const extended = aClaim({ state: given, touches: [touched] });

  it('is confirmed once it was read back', () => {
    expect(claimsOf(anAccess({ claims: [extended] }), member(...USE))).toEqual([
      { ...extended, touches: [{ ...touched, state: { kind: 'confirmed', at: after(9) } }] },
    ]);
  });

  it('has failed where something else was read back, and is not given by itself', () => {
    const [claim] = claimsOf(anAccess({ claims: [extended] }), member(VIEW));
    expect(claim).toEqual({
      ...extended,
      lost: [REGISTER_HANDLE],
      touches: [
        {
          ...touched,
          state: {
            kind: 'failed',
            why: 'By then somebody had taken away a part of it in Onezone. Seen instead: handle_service_view.',
            next: 'If that was a mistake, `/handle restore` gives it again.',
          },
        },
      ],
    });
    if (claim === undefined) throw new Error('the claim is gone');
    expect(isSame(desired(anAccess({ claims: [claim] }), vocabulary, after(9)), member(VIEW))).toBe(
      true,
    );
  });

  it('has failed for everybody who touched it where it is over by now', () => {
    const restored = { by: 'R-0000000E', restores: true, state: { kind: 'wanted' as const } };
    const claim = aClaim({ state: given, until: NOW, touches: [touched, restored] });
    const state = {
      kind: 'failed',
      why: 'This access ended meanwhile.',
      next: 'Ask for it anew if it is still needed.',
    };
    expect(claimsOf(anAccess({ claims: [claim] }), noMember)).toMatchObject([
      {
        touches: [
          { ...touched, state },
          { ...restored, state },
        ],
      },
    ]);
  });

  it('is told once', () => {
    const confirmed = { ...touched, state: { kind: 'confirmed' as const, at: NOW } };
    const claim = aClaim({ state: given, touches: [confirmed] });
    expect(claimsOf(anAccess({ claims: [claim] }), member(...USE))).toEqual([claim]);
  });
});
