import { describe, expect, it } from '@jest/globals';
import type { Access } from '../../src/access/access.js';
import { observe } from '../../src/access/observe.js';
import type { PrivilegeSet } from '../../src/access/privilege-set.js';
import { after, aClaim, anAccess, NOW } from '../builders.js';
import { vocabulary } from './membership.js';
import { LIST_HANDLES, MAINTAIN, member, noMember, REGISTER_HANDLE, USE, VIEW } from './words.js';

const given = { kind: 'given' as const, at: NOW, added: USE };
const look = (access: Access, seen: PrivilegeSet) =>
  observe(access, seen, { vocabulary, now: after(9) });
const appliedAt = (privileges: string[] | null, at = NOW) => ({ privileges, at });

/** Somebody was given *use* by the desk, and it was read back. */
const anAccessInUse = (said: Partial<Access> = {}): Access =>
  anAccess({ applied: appliedAt(USE), claims: [aClaim({ state: given })], ...said });

describe('the first look', () => {
  it.each<[string, PrivilegeSet, string[] | null]>([
    ['no membership', noMember, null],
    ['a membership', member(VIEW), [VIEW]],
    ['a membership without privileges', member(), []],
  ])('takes %s for what was there before us', (_what, seen, baseline) => {
    const access = anAccess({ claims: [aClaim()] });
    expect(look(access, seen)).toEqual({
      access: { ...access, baseline, applied: appliedAt(baseline, after(9)) },
      drift: null,
    });
  });
});

describe('a later look', () => {
  it('notes that nothing has changed', () => {
    const access = anAccessInUse();
    expect(look(access, member(...USE))).toEqual({
      access: { ...access, applied: appliedAt(USE, after(9)) },
      drift: null,
    });
  });

  it('counts what others added as theirs, and the membership with it', () => {
    expect(look(anAccessInUse(), member(...USE, LIST_HANDLES))).toMatchObject({
      access: { baseline: [LIST_HANDLES], joined: [LIST_HANDLES], claims: [{ lost: [] }] },
      drift: { added: [LIST_HANDLES], removed: [] },
    });
  });

  it('counts what others removed as lost, to the claim and to what others gave', () => {
    const access = anAccessInUse({ baseline: [VIEW], joined: [VIEW] });
    expect(look(access, member(REGISTER_HANDLE))).toMatchObject({
      access: { baseline: [], joined: [], claims: [{ lost: [VIEW] }] },
      drift: { added: [], removed: [VIEW] },
    });
  });

  it('counts a removed membership as lost with all that it had', () => {
    const { access, drift } = look(anAccessInUse({ baseline: [] }), noMember);
    expect(access).toMatchObject({ baseline: null, claims: [{ lost: ['member', ...USE] }] });
    expect(drift).toEqual({ added: [], removed: ['member', ...USE] });
  });

  it('takes a loss from each claim that it concerns, once', () => {
    const lost = [VIEW];
    const access = anAccess({
      applied: appliedAt(MAINTAIN),
      claims: [
        aClaim({ state: given, lost }),
        aClaim({ request: 'R-0000000C', level: 'maintain', state: given }),
      ],
    });
    expect(look(access, member(REGISTER_HANDLE)).access.claims).toMatchObject([
      { lost: [VIEW] },
      { lost: [LIST_HANDLES, 'handle_service_manage_handles', VIEW] },
    ]);
  });

  const restored = { by: 'R-0000000C', restores: true, state: { kind: 'wanted' as const } };
  it.each([
    ['is just being given', aClaim()],
    ['is just being restored', aClaim({ state: given, touches: [restored] })],
    ['is over', aClaim({ state: given, until: NOW })],
    ['never came to be', aClaim({ state: { kind: 'failed', at: NOW, why: 'w', next: 'n' } })],
  ])('takes nothing from a claim that %s', (_what, claim) => {
    const access = anAccessInUse({ claims: [claim] });
    expect(look(access, noMember).access.claims).toEqual([claim]);
  });

  it('takes it from one whose end was just moved', () => {
    const touches = [{ ...restored, restores: false }];
    const access = anAccessInUse({ claims: [aClaim({ state: given, touches })] });
    expect(look(access, member(VIEW)).access.claims).toMatchObject([{ lost: [REGISTER_HANDLE] }]);
  });
});

describe('a look after a call that was cut off', () => {
  const giving = anAccess({
    applied: appliedAt(null),
    writing: { to: USE },
    claims: [aClaim()],
  });
  const adding = anAccess({
    baseline: [VIEW],
    applied: appliedAt([VIEW]),
    writing: { to: USE },
    claims: [aClaim()],
  });
  const taking = anAccessInUse({ writing: { to: null }, claims: [aClaim({ until: NOW })] });

  it.each<[string, Access, PrivilegeSet]>([
    ['that was to make a member did not arrive', giving, noMember],
    ['that was to make a member arrived', giving, member(...USE)],
    ['that was to add did not arrive', adding, member(VIEW)],
    ['that was to add arrived', adding, member(...USE)],
    ['that was to remove did not arrive', taking, member(...USE)],
    ['that was to remove arrived', taking, noMember],
  ])('sees no hand of others where the call %s', (_what, access, seen) => {
    const observed = look(access, seen);
    expect(observed.drift).toBeNull();
    expect(observed.access).toMatchObject({
      baseline: access.baseline,
      claims: access.claims,
      writing: null,
    });
  });

  it('takes a membership with less than it was to have for somebody else’s', () => {
    expect(look(giving, member(VIEW))).toMatchObject({
      access: { baseline: [VIEW], joined: ['member', VIEW] },
      drift: { added: ['member', VIEW], removed: [] },
    });
  });

  it('does not mind words that it was to give and the zone does not know', () => {
    const access = { ...giving, writing: { to: [...USE, 'handle_service_fly'] } };
    expect(look(access, member(...USE))).toMatchObject({
      access: { baseline: null },
      drift: null,
    });
  });

  it.each<[string, PrivilegeSet, readonly string[] | null]>([
    ['arrived', member(...USE, LIST_HANDLES), [LIST_HANDLES, VIEW]],
    ['did not arrive', member(VIEW, LIST_HANDLES), [LIST_HANDLES, VIEW]],
  ])('sees what others added besides, where it %s', (_what, seen, baseline) => {
    expect(look(adding, seen)).toMatchObject({
      access: { baseline },
      drift: { added: [LIST_HANDLES], removed: [] },
    });
  });

  it('sees what others removed that the call was to leave', () => {
    expect(look(adding, member(REGISTER_HANDLE))).toMatchObject({
      access: { baseline: [] },
      drift: { added: [], removed: [VIEW] },
    });
  });
});
