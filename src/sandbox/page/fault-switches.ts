import type { ZoneFault } from '../onezone/faults.js';
import { FAULT_NAMES, type Faults, type FaultName } from './shown.js';
import type { World } from './world.js';

/** Faults that a visitor can switch on and off. */
export interface FaultSwitches {
  set(name: FaultName, on: boolean): void;
  show(): Faults;
}

const SLOW_ANSWER_MS = 3000;
const RETRY_AFTER_SECONDS = 2;

/** A lost answer matters only where the request changed something. */
const WRITE_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];

const ZONE_FAULTS: Readonly<Record<'down' | 'slow' | 'lost', readonly ZoneFault[]>> = {
  down: [{ kind: 'reset-before' }],
  lost: WRITE_METHODS.map((method) => ({ kind: 'commit-then-reset', method })),
  slow: [{ kind: 'delay', ms: SLOW_ANSWER_MS }],
};

export function createFaultSwitches({ zone, slack, bot }: World): FaultSwitches {
  const on = new Set<FaultName>();

  function applyFaults(): void {
    zone.faults.clear();
    // The first matching fault applies, so `down` must come first.
    for (const name of ['down', 'lost', 'slow'] as const) {
      if (on.has(name)) for (const fault of ZONE_FAULTS[name]) zone.faults.add(fault);
    }
    slack.faults.clear();
    if (on.has('limited')) {
      slack.faults.add({
        kind: 'rate-limited',
        method: 'chat.postMessage',
        retryAfter: RETRY_AFTER_SECONDS,
        times: Number.MAX_SAFE_INTEGER,
      });
    }
    if (zone.state.config.breakerOpen !== on.has('breaker')) zone.setBreaker(on.has('breaker'));
  }

  return {
    set(name, to) {
      if (to) on.add(name);
      else on.delete(name);
      applyFaults();
    },
    show: () => ({ on: switches(on), bot: bot.status() }),
  };
}

function switches(on: ReadonlySet<FaultName>): Faults['on'] {
  const [down, slow, lost, breaker, limited] = FAULT_NAMES.map((name) => on.has(name));
  return {
    down: down === true,
    slow: slow === true,
    lost: lost === true,
    breaker: breaker === true,
    limited: limited === true,
  };
}
