import { describe, expect, it } from '@jest/globals';
import { OutcomePending } from '../../src/errors.js';
import type { Claim } from '../../src/access/access.js';
import { aClaim, anAccess, days, NOW } from '../builders.js';
import { denied, Killed, Membership, NOBODY_WATCHES, type Step } from './membership.js';
import { LIST_HANDLES, member, REGISTER_HANDLE, USE, VIEW } from './words.js';

function aMembership(...claims: readonly Claim[]): Membership {
  const membership = new Membership();
  membership.store(anAccess({ claims: [...claims] }));
  return membership;
}

const give = (membership: Membership, ...privileges: readonly string[]): void => {
  for (const word of member(...privileges)) membership.zone.add(word);
};

/** Does something before a step is taken for the so manieth time. */
function before(membership: Membership, step: Step, count: number, act: () => void): void {
  let taken = 0;
  membership.watch = {
    ...NOBODY_WATCHES,
    before: (now) => {
      if (now !== step) return;
      taken += 1;
      if (taken === count) act();
    },
  };
}

const jobsOf = (membership: Membership) =>
  membership.writes.flatMap(({ jobs = [] }) => jobs.map(({ key, runAt }) => [key, runAt]));
const saidOf = (membership: Membership) =>
  membership.writes.flatMap(({ entries = [] }) => entries.map(({ what }) => what));

describe('reconciling', () => {
  it('gives what is claimed, says so, and sets the clock', async () => {
    const membership = aMembership(aClaim());
    await membership.reconcile();
    expect(membership.zone).toEqual(member(...USE));
    expect(membership.stored).toEqual(
      anAccess({
        version: 3,
        applied: { privileges: USE, at: NOW },
        claims: [aClaim({ state: { kind: 'given', at: NOW, added: USE } })],
      }),
    );
    expect(membership.writes.at(-1)?.entries).toEqual([
      expect.objectContaining({
        who: 'bot',
        what: 'access changed',
        people: ['U0LENA'],
        detail: { onezone: 'onezone-lena', from: null, to: USE },
      }),
    ]);
    expect(jobsOf(membership)).toEqual([
      ['carry-out:R-0000000A', NOW],
      ['access-clock:service-datacite:onezone-lena', days(87)],
    ]);
  });

  it('calls nothing and says nothing where all is as it should be', async () => {
    const membership = aMembership(aClaim());
    await membership.reconcile();
    const calls = [...membership.calls];
    const said = saidOf(membership);
    await membership.reconcile();
    expect(membership.calls).toEqual(calls);
    expect(saidOf(membership)).toEqual(said);
  });

  it('takes away what only claims gave, and leaves what others had given', async () => {
    const membership = aMembership(aClaim());
    give(membership, VIEW);
    await membership.reconcile();
    expect(membership.calls).toEqual([{ grant: new Set([REGISTER_HANDLE]), revoke: new Set() }]);
    membership.now = days(90);
    await membership.reconcile();
    expect(membership.zone).toEqual(member(VIEW));
    expect(membership.stored?.claims).toMatchObject([
      { state: { kind: 'ended', left: 'what was there before' } },
    ]);
  });

  it('says whose hand it was, where others took something', async () => {
    const membership = aMembership(aClaim());
    await membership.reconcile();
    membership.zone.delete(VIEW);
    membership.zone.add(LIST_HANDLES);
    await membership.reconcile();
    const { entries = [], jobs = [] } = membership.writes.at(-1) ?? {};
    expect(entries).toEqual([
      expect.objectContaining({
        what: 'changed by others',
        detail: { onezone: 'onezone-lena', added: [LIST_HANDLES], removed: [VIEW] },
      }),
    ]);
    expect(jobs.map(({ name }) => name)).toContain('notice');
    expect(membership.zone).toEqual(member(REGISTER_HANDLE, LIST_HANDLES));
  });

  it('tells operators nothing of what others only added', async () => {
    const membership = aMembership(aClaim());
    await membership.reconcile();
    membership.zone.add(LIST_HANDLES);
    await membership.reconcile();
    expect(saidOf(membership)).toEqual(['access changed', 'changed by others']);
    expect(jobsOf(membership).map(([key]) => key)).not.toContain('notice:S-1');
  });
});

describe('reconciling while others act', () => {
  it('looks anew where somebody else was quicker to make the member', async () => {
    const membership = aMembership(aClaim());
    before(membership, 'write', 1, () => {
      give(membership, LIST_HANDLES);
    });
    await membership.reconcile();
    expect(membership.zone).toEqual(member(LIST_HANDLES, ...USE));
    expect(membership.stored).toMatchObject({ baseline: [LIST_HANDLES], writing: null });
  });

  it('looks anew where somebody else was quicker to remove the member', async () => {
    const membership = aMembership(aClaim());
    give(membership, LIST_HANDLES);
    before(membership, 'write', 1, () => {
      membership.zone.clear();
    });
    await membership.reconcile();
    expect(membership.zone).toEqual(member(...USE));
    expect(membership.stored).toMatchObject({ baseline: null, writing: null });
  });

  it('leaves it to the next run where somebody never stops', async () => {
    const membership = aMembership(aClaim());
    membership.watch = {
      ...NOBODY_WATCHES,
      before: (step) => {
        if (step === 'write' && membership.zone.size > 0) membership.zone.clear();
        else if (step === 'write') give(membership, LIST_HANDLES);
      },
    };
    await expect(membership.reconcile()).rejects.toThrow(
      new OutcomePending('Somebody keeps changing this membership.'),
    );
  });

  it('calls unclear what it gave and somebody took before it was read back', async () => {
    const membership = aMembership(aClaim());
    before(membership, 'look', 2, () => {
      membership.zone.clear();
    });
    await membership.reconcile();
    expect(membership.stored?.claims).toMatchObject([
      { state: { kind: 'unclear', saw: 'not a member' } },
    ]);
    await membership.reconcile();
    expect(membership.zone.size).toBe(0);
  });
});

describe('reconciling that is cut short', () => {
  it('knows at the next run what the lost call did', async () => {
    const membership = aMembership(aClaim());
    before(membership, 'look', 2, () => {
      throw new Killed();
    });
    await expect(membership.reconcile()).rejects.toThrow(Killed);
    expect(membership.stored?.writing).toEqual({ to: USE });
    membership.watch = NOBODY_WATCHES;
    await membership.reconcile();
    expect(membership.calls).toHaveLength(1);
    expect(membership.stored).toMatchObject({
      baseline: null,
      writing: null,
      claims: [{ state: { kind: 'given' } }],
    });
    expect(saidOf(membership)).toEqual(['access changed']);
  });

  it('forgets a call that Onezone refused: what others then give is theirs', async () => {
    const membership = aMembership(aClaim());
    membership.isDenied = true;
    await expect(membership.reconcile()).rejects.toBe(denied);
    expect(membership.stored?.writing).toBeNull();
    give(membership, ...USE);
    membership.isDenied = false;
    membership.now = days(90);
    await membership.reconcile();
    expect(membership.zone).toEqual(member(...USE));
    expect(membership.stored?.baseline).toEqual(USE);
  });

  it('ends nothing whose time was up only after the call that still gave it', async () => {
    const membership = aMembership(aClaim({ until: days(1) }));
    before(membership, 'look', 2, () => {
      membership.now = days(2);
    });
    await membership.reconcile();
    expect(membership.stored?.claims).toMatchObject([{ state: { kind: 'given' } }]);
    expect(jobsOf(membership)).toContainEqual([
      'access-clock:service-datacite:onezone-lena',
      expect.any(Date),
    ]);
    await membership.reconcile();
    expect(membership.zone.size).toBe(0);
    expect(membership.stored?.claims).toMatchObject([{ state: { kind: 'ended' } }]);
  });
});

describe('the end of a membership', () => {
  async function ended(membership: Membership): Promise<void> {
    await membership.reconcile();
    membership.now = days(90);
  }

  it('is asked for once more where Onezone still counts what was just removed', async () => {
    const membership = aMembership(aClaim());
    await ended(membership);
    membership.isInGroup = true;
    await expect(membership.reconcile()).rejects.toThrow(OutcomePending);
    membership.isInGroup = false;
    await membership.reconcile();
    expect(membership.stored?.claims).toMatchObject([{ state: { left: 'nothing' } }]);
  });

  it('says that somebody is in through a group, where that is so a little later', async () => {
    const membership = aMembership(aClaim());
    await ended(membership);
    membership.isInGroup = true;
    await expect(membership.reconcile()).rejects.toThrow(OutcomePending);
    await membership.reconcile();
    expect(membership.stored?.claims).toMatchObject([
      { state: { left: 'access through a group' } },
    ]);
    expect(saidOf(membership)).toEqual(['access changed', 'access changed']);
  });
});
