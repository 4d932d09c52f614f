import { describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import { Status } from '../../src/requests/request.js';
import {
  after as moved,
  can,
  type Event,
  mustBePending,
  TRANSITIONS,
} from '../../src/requests/transitions.js';
import { after, aGrant, NOW } from '../builders.js';

const open = ['pending', 'approved', 'carrying out'];
const settled = ['done', 'failed', 'unclear'];

/** Written out once more, so that a move can only be added to the table by adding it here. */
const EVERY_MOVE: Readonly<Record<Event, readonly string[]>> = {
  preview: ['pending → pending'],
  approve: ['pending → pending', 'pending → approved'],
  deny: ['pending → denied'],
  withdraw: ['pending → withdrawn'],
  lapse: ['pending → lapsed'],
  remind: ['pending → pending'],
  escalate: ['pending → pending'],
  start: ['approved → carrying out', 'carrying out → carrying out'],
  unsend: ['carrying out → approved'],
  progress: ['carrying out → carrying out'],
  settle: settled.map((status) => `carrying out → ${status}`),
  giveUp: open.flatMap((status) => [`${status} → failed`, `${status} → unclear`]),
  postpone: [...open, ...settled].map((status) => `${status} → ${status}`),
  follow: settled.map((status) => `${status} → ${status}`),
};

const EVENTS = [
  'preview',
  'approve',
  'deny',
  'withdraw',
  'lapse',
  'remind',
  'escalate',
  'start',
  'unsend',
  'progress',
  'settle',
  'giveUp',
  'postpone',
  'follow',
] as const;

describe('the moves of a request', () => {
  it('are those of the table, and no others', () => {
    expect(Object.keys(TRANSITIONS)).toEqual([...EVENTS]);
  });

  it.each(EVENTS)('by “%s” are exactly the listed ones', (event) => {
    const moves = EVERY_MOVE[event];
    for (const from of Status.options) {
      for (const to of Status.options) {
        const move = () => moved(aGrant({ status: from }), event, { status: to });
        if (moves.includes(`${from} → ${to}`)) {
          expect(move()).toEqual(aGrant({ status: to, version: 2 }));
        } else {
          expect(move).toThrow(
            new TypeError(`R-0000000A cannot go from ${from} to ${to} by ${event}.`),
          );
        }
      }
      const isPossible = moves.some((move) => move.startsWith(`${from} →`));
      expect(can({ status: from }, event)).toBe(isPossible);
    }
  });

  it('keep everything else as it was, but for what they say', () => {
    const next = moved(aGrant(), 'preview', { effect: 'abc' });
    expect(next).toEqual(aGrant({ version: 2, effect: 'abc' }));
  });

  it.each<Status>(['denied', 'withdrawn', 'lapsed'])('never leave %s', (status) => {
    expect(EVENTS.filter((event) => can({ status }, event))).toEqual([]);
  });
});

describe('mustBePending', () => {
  it('lets through what waits and has not lapsed', () => {
    expect(() => {
      mustBePending(aGrant({ lapsesAt: after(1) }), NOW);
    }).not.toThrow();
    expect(() => {
      mustBePending(aGrant({ lapsesAt: null }), NOW);
    }).not.toThrow();
  });

  it.each<[string, Partial<ReturnType<typeof aGrant>>, string]>([
    ['what was decided, by its status', { status: 'denied' }, 'denied'],
    ['what has lapsed while the timer is late', { lapsesAt: NOW }, 'lapsed'],
    ['what was done long before it would have lapsed', { status: 'done', lapsesAt: NOW }, 'done'],
  ])('refuses %s', (_what, said, as) => {
    expect(() => {
      mustBePending(aGrant(said), NOW);
    }).toThrow(refusals.notPending('R-0000000A', as));
  });
});
