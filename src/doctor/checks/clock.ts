import type { Check } from '../check.js';
import { type Finding, ok, problem } from '../finding.js';

const name = 'slack.clock';

/** A `Date` header is to the second, and an answer may take some. */
const TOLERABLE_MS = 30_000;

/** Slack's signatures are refused five minutes off, and ends and tokens are counted by both clocks. */
export const clock: Check = {
  name,
  look: async ({ workspace, zone, now }) => {
    const others = await Promise.all([
      offset('Slack', now, async () => (await workspace.installation()).date),
      offset('Onezone', now, async () => (await zone.probe()).date),
    ]);
    const known = others.filter((other) => other !== null);
    const far = known.filter(({ ms }) => Math.abs(ms) > TOLERABLE_MS);
    if (far.length > 0) return far.map(isOff);
    const agreeing = known.map(({ who }) => who).join(' and ');
    return known.length === 0 ? [] : [ok(name, `The clock agrees with ${agreeing}.`)];
  },
};

interface Offset {
  readonly who: string;
  /** How far the other clock is ahead of ours. */
  readonly ms: number;
}

/** Who does not answer is told by other checks. */
async function offset(
  who: string,
  now: () => Date,
  ask: () => Promise<Date | null>,
): Promise<Offset | null> {
  const date = await ask().catch(() => null);
  return date === null ? null : { who, ms: date.getTime() - now().getTime() };
}

const lengthOf = (ms: number): string =>
  ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;

const isOff = ({ who, ms }: Offset): Finding =>
  problem(name, {
    what: `This machine’s clock is ${lengthOf(Math.abs(ms))} ${ms > 0 ? 'behind' : 'ahead of'} ${who}’s.`,
    why: 'From five minutes on nothing that Slack sends is believed, and ends come at the wrong moment.',
    fix: 'Let the machine set its clock by NTP (timedatectl set-ntp true).',
  });
