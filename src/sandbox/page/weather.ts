import type { ZoneFault } from '../onezone/faults.js';
import { weathers, type Weather, type WeatherName } from './shown.js';
import type { World } from './world.js';

/** What can be made to go wrong, by switches that stay where they are put. */
export interface WeatherDesk {
  turn(name: WeatherName, on: boolean): void;
  show(): Weather;
}

const delay = 3000;
const retryAfter = 2;

/** Methods that change something: there an answer that got lost matters. */
const changing = ['POST', 'PUT', 'PATCH', 'DELETE'];

const zoneFaults: Readonly<Record<'down' | 'slow' | 'lost', readonly ZoneFault[]>> = {
  down: [{ kind: 'reset-before' }],
  lost: changing.map((method) => ({ kind: 'commit-then-reset', method })),
  slow: [{ kind: 'delay', ms: delay }],
};

export function createWeather({ zone, slack, bot }: World): WeatherDesk {
  const on = new Set<WeatherName>();

  function blow(): void {
    zone.faults.clear();
    // The first fault that fits hits a request: nothing is slow or lost while nothing answers.
    for (const name of ['down', 'lost', 'slow'] as const) {
      if (on.has(name)) for (const fault of zoneFaults[name]) zone.faults.add(fault);
    }
    slack.faults.clear();
    if (on.has('limited')) {
      slack.faults.add({
        kind: 'rate-limited',
        method: 'chat.postMessage',
        retryAfter,
        times: Number.MAX_SAFE_INTEGER,
      });
    }
    if (zone.state.config.breakerOpen !== on.has('breaker')) zone.setBreaker(on.has('breaker'));
  }

  return {
    turn(name, to) {
      if (to) on.add(name);
      else on.delete(name);
      blow();
    },
    show: () => ({ on: switches(on), bot: bot.status() }),
  };
}

function switches(on: ReadonlySet<WeatherName>): Weather['on'] {
  const [down, slow, lost, breaker, limited] = weathers.map((name) => on.has(name));
  return {
    down: down === true,
    slow: slow === true,
    lost: lost === true,
    breaker: breaker === true,
    limited: limited === true,
  };
}
