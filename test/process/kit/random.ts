/** Random, but the same again for the same seed. */
export interface Dice {
  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number;
  chance(of: number): boolean;
  one<T>(of: readonly T[]): T;
}

/** HANDLE_DESK_TEST_SEED repeats what an earlier run printed. */
export function seeded(name: string): { readonly seed: number; readonly dice: Dice } {
  const given = Number(process.env['HANDLE_DESK_TEST_SEED']);
  const seed = Number.isInteger(given) && given > 0 ? given : Date.now() % 1_000_000;
  process.stderr.write(`${name}: HANDLE_DESK_TEST_SEED=${seed}\n`);
  return { seed, dice: diceOf(seed) };
}

/** Mulberry32. */
function diceOf(seed: number): Dice {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number =>
    least + Math.floor(next() * (most - least + 1));
  return {
    between,
    chance: (of) => next() < of,
    one: (of) => {
      const chosen = of[between(0, of.length - 1)];
      if (chosen === undefined) throw new Error('nothing to choose from');
      return chosen;
    },
  };
}
