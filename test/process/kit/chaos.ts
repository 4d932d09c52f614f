import { setTimeout as pause } from 'node:timers/promises';
import type { ZoneFault } from '../../../src/sandbox/onezone/faults.js';
import type { SlackFault } from '../../../src/sandbox/slack/server.js';
import { type Program, ready, type Start, startProgram } from './program.js';
import type { Dice } from './random.js';
import type { Town } from './town.js';

export interface Chaos {
  readonly kills: () => number;
  readonly isUp: () => boolean;
  /** What all the processes logged. */
  readonly log: () => string;
  /** Starts the bot and kills it, again and again; ends with one that runs and is left alone. */
  run(kills: number): Promise<Program>;
}

export function createChaos(town: Town, start: Start, dice: Dice): Chaos {
  let [count, up] = [0, false];
  const programs: Program[] = [];

  async function one(isLast: boolean): Promise<Program> {
    const program = startProgram(start);
    programs.push(program);
    if (!isLast && dice.chance(0.15)) {
      await pause(dice.between(20, 500));
    } else {
      const { slack } = await ready(program);
      town.slack.setRequestUrl(slack);
      up = true;
      if (!isLast) await somethingHappens(town, dice);
    }
    if (isLast) return program;
    program.signal('SIGKILL');
    up = false;
    count += 1;
    await program.ended;
    return program;
  }

  return {
    kills: () => count,
    isUp: () => up,
    log: () => programs.map((it) => it.out() + it.err()).join(''),
    run: async (kills) => {
      await firstDay(start);
      const calm = badWeather(town, dice);
      while (count < kills) await one(false);
      calm();
      return one(true);
    },
  };
}

/** A desk that has read the zone once, so that people can ask for something. */
async function firstDay(start: Start): Promise<void> {
  const program = startProgram(start);
  await program.says(/Read the directory/);
  program.signal('SIGKILL');
  await program.ended;
}

/** A moment right after some call or click, or a little later: most instructions of the program lie near one. */
function somethingHappens({ slack, zone }: Town, dice: Dice): Promise<void> {
  return new Promise((resolve) => {
    let left = dice.between(1, 25);
    const end = (): void => {
      clearTimeout(late);
      for (const off of offs) off();
      if (dice.chance(0.5)) resolve();
      else setTimeout(resolve, dice.between(0, 40));
    };
    const happened = (): void => {
      left -= 1;
      if (left === 0) end();
    };
    const late = setTimeout(end, 1_200);
    const offs = [
      zone.on(({ kind }) => {
        if (kind === 'call') happened();
      }),
      slack.on(({ type }) => {
        if (type === 'call' || type === 'delivery') happened();
      }),
    ];
  });
}

/** Bad weather on both wires until it is told to end. Each fault meets one call, if such a call comes. */
function badWeather({ slack, zone }: Town, dice: Dice): () => void {
  // There are only two registrations, and this is what must never make four of them.
  zone.faults.add(lostRegistration);
  zone.faults.add(lostRegistration);
  const timer = setInterval(() => {
    if (zone.faults.active.length < MANY) zone.faults.add(dice.one(zoneFaults(dice)));
    slack.faults.add(dice.one(slackFaults(dice)));
  }, 120);
  return () => {
    clearInterval(timer);
    slack.faults.clear();
    const left = zone.faults.active.filter((it) => it.method === 'POST');
    zone.faults.clear();
    // A registration may come late, and is to meet its fault then.
    for (const fault of left) zone.faults.add(fault);
  };
}

const lostRegistration: ZoneFault = {
  kind: 'commit-then-reset',
  method: 'POST',
  path: /handle_services$/,
  times: 1,
};

/** Some wait long for their call. */
const MANY = 12;

const zoneFaults = (dice: Dice): readonly ZoneFault[] => [
  { kind: 'commit-then-reset', method: 'PUT', path: /handle_services/, times: 1 },
  { kind: 'commit-then-reset', method: 'PUT', path: /handle_services/, times: 1 },
  { kind: 'commit-then-reset', method: 'PATCH', path: /handle_services/, times: 1 },
  { kind: 'commit-then-hang', method: 'PUT', path: /handle_services/, times: 1 },
  { kind: 'reset-before', times: dice.between(1, 2) },
  { kind: 'delay', ms: dice.between(20, 400), times: 2 },
  { kind: 'crash-empty', times: 1 },
];

const slackFaults = (dice: Dice): readonly SlackFault[] => [
  { kind: 'commit-then-reset', method: 'chat.postMessage' },
  { kind: 'commit-then-reset', method: 'chat.postMessage' },
  { kind: 'rate-limited', retryAfter: 1, method: 'chat.postMessage' },
  { kind: 'reset', method: 'chat.update' },
  { kind: 'delay', ms: dice.between(20, 300), method: 'chat.postMessage' },
  { kind: 'error', error: 'internal_error', method: 'conversations.history' },
];
