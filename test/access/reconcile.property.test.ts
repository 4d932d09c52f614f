import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Access, type Claim, isEnding, isLive, isOn, touch } from '../../src/access/access.js';
import { desired, entitlement } from '../../src/access/desired.js';
import { isSame, MEMBER, toSet } from '../../src/access/privilege-set.js';
import { OutcomePending } from '../../src/errors.js';
import { OnezoneError } from '../../src/onezone/errors.js';
import type { Level } from '../../src/requests/level.js';
import { aClaim, anAccess } from '../builders.js';
import { type Delta, Killed, Membership, type Step, vocabulary } from './membership.js';

/** What somebody with a hand on the zone does to the membership. */
type Hand =
  | { readonly do: 'add'; readonly word: string }
  | { readonly do: 'remove'; readonly word: string }
  | { readonly do: 'remove all' };

/** What happens while it is reconciled: before which of its steps others act, the clock goes on, or the process dies. */
interface Plan {
  readonly hands: readonly (readonly [number, Hand])[];
  readonly jump: readonly [number, number] | null;
  readonly cut: readonly [number, 'before' | 'after'] | null;
}

type Happening =
  | { readonly do: 'ask'; readonly level: Level; readonly minutes: number | null }
  | { readonly do: 'extend'; readonly minutes: number | null }
  | { readonly do: 'drop' }
  | { readonly do: 'restore' }
  | { readonly do: 'pass'; readonly minutes: number }
  | { readonly do: 'hand'; readonly hand: Hand }
  | { readonly do: 'reconcile'; readonly plan: Plan; readonly isDenied: boolean };

/**
 * Keeps book of who gave and took what, without a look into the stored access. Where nobody could tell (somebody gives or
 * takes the very thing that a call of ours is about to, or twice between two looks), the word is `unsure`, and nothing is
 * said of it any more.
 */
class World {
  readonly at = new Membership();
  readonly theirs = new Set<string>();
  readonly unsure = new Set<string>();
  readonly taken = new Map<string, Set<string>>();
  asked = 0;
  readonly #unseen = new Set<string>();
  #looked = new Set<string>();
  /** Of the run that is under way: what others touched since its last look; null before the first one. */
  #touched: Set<string> | null = null;
  /** And all that they touched while it ran. */
  readonly #inRun = new Set<string>();
  #hasHands = false;

  constructor(before: readonly string[]) {
    for (const word of before) {
      this.at.zone.add(word);
      this.theirs.add(word);
    }
    this.at.store(anAccess());
  }

  get access(): Access {
    const { stored } = this.at;
    if (stored === null) throw new Error('nothing is stored');
    return stored;
  }

  get live(): readonly Claim[] {
    return this.access.claims.filter((claim) => isLive(claim, this.at.now));
  }

  async happen(happening: Happening): Promise<void> {
    switch (happening.do) {
      case 'ask':
        this.#ask(happening.level, happening.minutes);
        return;
      case 'extend':
        this.#extend(happening.minutes);
        return;
      case 'drop':
        this.drop();
        return;
      case 'restore':
        this.#restore();
        return;
      case 'pass':
        this.#pass(happening.minutes);
        return;
      case 'hand':
        this.#hand(happening.hand);
        return;
      case 'reconcile':
        this.at.isDenied = happening.isDenied;
        await this.run(happening.plan);
        this.at.isDenied = false;
    }
  }

  drop(): void {
    const dropped = { by: 'R-0000DR0P', at: this.at.now };
    this.#move((claim) => (isLive(claim, this.at.now) ? { ...claim, dropped } : claim));
  }

  /** True: it came to its end. */
  async run({ hands, jump, cut }: Plan): Promise<boolean> {
    this.#hasHands = false;
    this.#inRun.clear();
    let count = 0;
    const writes = this.at.writes.length;
    this.at.watch = {
      before: () => {
        for (const [at, hand] of hands) if (at === count) this.#hand(hand);
        if (jump?.[0] === count) this.#pass(jump[1]);
        if (cut?.[0] === count && cut[1] === 'before') throw new Killed();
      },
      arrives: (delta) => {
        this.#write(delta);
      },
      after: (step) => {
        this.#after(step);
        if (cut?.[0] === count && cut[1] === 'after') throw new Killed();
        count += 1;
      },
    };
    try {
      await this.at.reconcile();
    } catch (error) {
      this.#isCutOff(error);
      return false;
    } finally {
      this.#touched = null;
    }
    this.#mustBeDone(
      this.at.writes
        .slice(writes)
        .at(-1)
        ?.jobs?.map(({ runAt }) => runAt) ?? [],
    );
    return true;
  }

  /** Whether it is as the book says. */
  mustBeRight(): void {
    const { zone } = this.at;
    expect([...zone].sort()).toEqual([...desired(this.access, vocabulary, this.at.now)].sort());
    const due = new Set(this.theirs);
    for (const claim of this.live) {
      const taken = this.taken.get(claim.request) ?? new Set();
      if (taken.has(MEMBER)) continue;
      for (const word of entitlement(claim.level, vocabulary)) if (!taken.has(word)) due.add(word);
    }
    const isSure = (word: string): boolean => !this.unsure.has(word);
    expect([...zone].filter(isSure).sort()).toEqual([...due].filter(isSure).sort());
  }

  /** Whatever a run that came to its end left undone has a clock, and nothing is said to be over that is still there. */
  #mustBeDone(clocks: readonly Date[]): void {
    const { zone, now } = this.at;
    if (this.#hasHands || isSame(zone, desired(this.access, vocabulary, now))) return;
    expect(this.access.claims.some((claim) => isEnding(claim, now))).toBe(true);
    expect(clocks.some((at) => at <= now)).toBe(true);
  }

  #ask(level: Level, minutes: number | null): void {
    this.asked += 1;
    const request = `R-${String(this.asked).padStart(8, '0')}`;
    const until = minutes === null ? null : this.#in(minutes);
    const { access } = this;
    const claim = aClaim({ request, level, since: this.at.now, until });
    const claims = [...access.claims, claim];
    this.at.store({ ...access, version: access.version + 1, claims });
    this.taken.set(request, new Set());
  }

  #extend(minutes: number | null): void {
    const until = minutes === null ? null : this.#in(minutes);
    this.#move((claim) => {
      const isWhole = claim.lost.length === 0 && isOn(claim) && !isAsked(claim);
      const isLonger = claim.until !== null && (until === null || until > claim.until);
      return isLive(claim, this.at.now) && isWhole && isLonger
        ? touch({ ...claim, until }, 'R-0000EXTE', false)
        : claim;
    });
  }

  #restore(): void {
    this.#move((claim) => {
      if (!isLive(claim, this.at.now) || claim.lost.length === 0) return claim;
      this.taken.set(claim.request, new Set());
      return touch({ ...claim, lost: [] }, 'R-0000REST', true);
    });
  }

  #move(move: (claim: Claim) => Claim): void {
    const { access } = this;
    const claims = access.claims.map(move);
    this.at.store({ ...access, version: access.version + 1, claims });
  }

  #pass(minutes: number): void {
    this.at.now = this.#in(minutes);
  }

  #in(minutes: number): Date {
    return new Date(this.at.now.getTime() + minutes * 60_000);
  }

  #hand(hand: Hand): void {
    const { zone } = this.at;
    this.#hasHands = true;
    if (hand.do === 'add') {
      if (zone.has(hand.word)) return;
      for (const word of zone.size === 0 ? [MEMBER, hand.word] : [hand.word]) this.#touch(word);
      zone.add(MEMBER).add(hand.word);
      this.theirs.add(MEMBER).add(hand.word);
      return;
    }
    const gone =
      hand.do === 'remove all' ? [...zone] : [...zone].filter((word) => word === hand.word);
    for (const word of gone) {
      zone.delete(word);
      this.theirs.delete(word);
      this.#touch(word);
      this.#take(word);
    }
  }

  #touch(word: string): void {
    if (this.#unseen.has(word)) this.#doubt([word]);
    this.#unseen.add(word);
    if (this.#touched !== null) {
      this.#touched.add(word);
      this.#inRun.add(word);
      return;
    }
    const { applied, writing } = this.access;
    if (writing === null) return;
    const before = toSet(applied?.privileges ?? null);
    const target = toSet(writing.to);
    const isOurs = (other: string): boolean => before.has(other) !== target.has(other);
    if (isOurs(word)) this.#doubt(before.size === 0 ? target : [word]);
    else if (before.size === 0) this.#doubt(target);
  }

  #take(word: string): void {
    for (const claim of this.live) {
      if (!entitlement(claim.level, vocabulary).has(word)) continue;
      // What was asked for last wins; unless it was taken while that was being given.
      if (!isAsked(claim)) this.taken.get(claim.request)?.add(word);
      else if (this.#touched !== null) this.#doubt([word]);
    }
  }

  #doubt(words: Iterable<string>): void {
    for (const word of words) this.unsure.add(word).add(MEMBER);
  }

  #write({ grant, revoke }: Delta): void {
    const touched = [...(this.#touched ?? [])];
    this.#doubt(touched.filter((word) => grant.has(word) || revoke.has(word)));
    for (const word of revoke) if (touched.includes(word)) this.theirs.delete(word);
  }

  #after(step: Step): void {
    if (step === 'look') {
      this.#looked = new Set(this.#unseen);
      this.#touched = new Set();
    }
    if (step === 'store') for (const word of this.#looked) this.#unseen.delete(word);
  }

  #isCutOff(error: unknown): void {
    if (error instanceof OnezoneError) {
      const at = this.at.now;
      const state = { kind: 'failed' as const, at, why: 'w', next: 'n' };
      this.#move((claim) =>
        claim.state.kind === 'wanted' && isLive(claim, at) ? { ...claim, state } : claim,
      );
    } else if (!(error instanceof Killed) && !(error instanceof OutcomePending)) throw error;
    const touched = new Set([...this.#unseen].filter((each) => this.#inRun.has(each)));
    this.#doubt(touched);
    const { applied, writing } = this.access;
    // A membership with less than ours would have had may be somebody else's, or ours without what was taken from it.
    if (touched.size > 0 && applied?.privileges == null) this.#doubt(toSet(writing?.to ?? null));
  }
}

/** Somebody waits for what it gives, for the first time or again. */
const isAsked = ({ state, touches }: Claim): boolean =>
  state.kind === 'wanted' ||
  touches.some(({ restores, state: { kind } }) => restores && kind === 'wanted');

const word = fc.constantFrom(...vocabulary.all);
const hand: fc.Arbitrary<Hand> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('add' as const), word }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), word }) },
  { weight: 1, arbitrary: fc.constant({ do: 'remove all' as const }) },
);
const level = fc.constantFrom<Level>('use', 'use', 'maintain', 'own');
const minutes = fc.option(fc.constantFrom(10, 30, 60, 600), { freq: 4 });
const point = fc.nat(7);
const undisturbed: Plan = { hands: [], jump: null, cut: null };
const plan: fc.Arbitrary<Plan> = fc.record({
  hands: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(point, hand), { maxLength: 2 }) },
  ),
  jump: fc.option(fc.tuple(point, fc.constantFrom(5, 20, 60)), { freq: 3 }),
  cut: fc.option(fc.tuple(point, fc.constantFrom<'before' | 'after'>('before', 'after')), {
    freq: 2,
  }),
});
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), level, minutes }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('extend' as const), minutes }) },
  { weight: 1, arbitrary: fc.constant({ do: 'drop' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      minutes: fc.constantFrom(5, 20, 60, 2000),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hand' as const), hand }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('reconcile' as const),
      plan,
      isDenied: fc.constantFrom(false, false, false, false, true),
    }),
  },
);
const before = fc.oneof(
  fc.constant([]),
  fc.uniqueArray(word, { maxLength: 3 }).map((words) => [MEMBER, ...words]),
);

describe('an access, whatever people, clocks and crashes do to it', () => {
  it('is what others gave and live claims give, and nothing that anybody took', async () => {
    let sure = 0;
    let all = 0;
    await fc.assert(
      fc.asyncProperty(
        before,
        fc.array(happening, { maxLength: 25 }),
        async (words, happenings) => {
          const world = new World(words);
          for (const each of happenings) await world.happen(each);
          expect(await world.run(undisturbed)).toBe(true);
          world.mustBeRight();
          world.drop();
          expect(await world.run(undisturbed)).toBe(true);
          world.mustBeRight();
          all += 1;
          if (world.unsure.size === 0) sure += 1;
        },
      ),
      { numRuns: 2000 },
    );
    // Otherwise the book says little.
    expect(sure / all).toBeGreaterThan(0.8);
  });
});
