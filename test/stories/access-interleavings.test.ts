import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyOf } from '../../src/access/access.js';
import { desired } from '../../src/access/desired.js';
import { reconcileJob } from '../../src/access/jobs.js';
import { isSame, toSet } from '../../src/access/privilege-set.js';
import { Refusal } from '../../src/errors.js';
import { ask } from '../../src/operations/ask.js';
import { isSettled } from '../../src/requests/request.js';
import { becomes, linked, serviceOf } from './acting.js';
import { DAY, type Desk, HOUR, openDesk, PEOPLE, POLICY } from './desk.js';

/** Nobody has to agree, so that every happening is one step. */
const OPEN = POLICY.replaceAll(/, approve: \{ by: \[curator, admin\][^}]*\}/g, '');
const MINUTE = 60_000;

/** More of them for a longer search. */
const RUNS = Number(process.env['HANDLE_DESK_TEST_RUNS'] ?? 12);
const SLOWEST_RUN_MS = 15_000;

type Person = 'lena' | 'tom';
type Happening = (desk: Desk, at: number) => Promise<void>;

async function asking(
  desk: Desk,
  at: number,
  change: string,
  by: Person | 'ada',
  values: object,
): Promise<void> {
  try {
    const reason = 'because';
    const idempotencyKey = `${change} ${String(at)}`;
    await ask(desk.bot.services, { change, values, reason, by: PEOPLE[by], idempotencyKey });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

const person = fc.constantFrom<Person>('lena', 'tom');
const duration = fc.constantFrom('8h', '90d', '365d', 'permanent');
const until = duration.map((it) => (it === 'permanent' ? it : { for: it }));
const PRIVILEGES = [
  'handle_service_view',
  'handle_service_register_handle',
  'handle_service_list_handles',
  'handle_service_delete',
];

const happening: fc.Arbitrary<readonly [string, Happening]> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom<readonly Person[]>(['lena'], ['tom'], ['lena', 'tom']),
      fc.constantFrom('use', 'maintain'),
      until,
    )
    .map(([people, level, end]): readonly [string, Happening] => [
      `grant ${people.join()} ${level} ${JSON.stringify(end)}`,
      (desk, at) =>
        asking(desk, at, 'grant', 'ada', {
          service: desk.datacite,
          people: people.map((name) => PEOPLE[name]),
          level,
          until: end,
        }),
    ]),
  fc.tuple(person, until).map(([who, end]): readonly [string, Happening] => [
    `extend ${who} ${JSON.stringify(end)}`,
    async (desk, at) => {
      const [access] = await desk.bot.services.store.accesses.ofPerson(PEOPLE[who]);
      const claim = access?.claims.find(({ state }) => state.kind === 'given');
      if (claim === undefined) return;
      const value = `${claim.request}:${claim.slack}`;
      await asking(desk, at, 'extend', who, { access: value, until: end });
    },
  ]),
  person.map((who): readonly [string, Happening] => [
    `revoke ${who}`,
    (desk, at) =>
      asking(desk, at, 'revoke', 'ada', { service: desk.datacite, people: [PEOPLE[who]] }),
  ]),
  person.map((who): readonly [string, Happening] => [
    `${who} is done`,
    (desk, at) => asking(desk, at, 'release', who, { service: desk.datacite }),
  ]),
  person.map((who): readonly [string, Happening] => [
    `restore ${who}`,
    (desk, at) =>
      asking(desk, at, 'restore', 'ada', { service: desk.datacite, people: [PEOPLE[who]] }),
  ]),
  fc
    .constantFrom(HOUR, 9 * HOUR, 3 * DAY, 91 * DAY, 366 * DAY)
    .map((ms): readonly [string, Happening] => [
      `${String(ms / HOUR)} hours pass`,
      (desk) => desk.passes(ms),
    ]),
  fc
    .tuple(person, fc.option(fc.subarray(PRIVILEGES)))
    .map(([who, privileges]): readonly [string, Happening] => [
      `${who} is by hand ${privileges?.join() ?? 'no member'}`,
      (desk) => {
        becomes(desk, who, privileges);
        return Promise.resolve();
      },
    ]),
  fc
    .tuple(
      fc.constantFrom('reset-before' as const, 'commit-then-reset' as const),
      fc.constantFrom('PUT', 'PATCH', 'DELETE', 'GET'),
      fc.constantFrom(1, 2, 20),
    )
    .map(([kind, method, times]): readonly [string, Happening] => [
      `${kind} ${method} ×${String(times)}`,
      (desk) => {
        desk.zone.faults.add({ kind, method, times });
        return Promise.resolve();
      },
    ]),
  fc.constant<readonly [string, Happening]>([
    'Onezone is well',
    (desk) => {
      desk.zone.faults.clear();
      return Promise.resolve();
    },
  ]),
  fc.constant<readonly [string, Happening]>(['what is due is done', (desk) => desk.works()]),
  fc.constant<readonly [string, Happening]>([
    'the bot dies and comes back',
    async (desk) => {
      desk.dies();
      await desk.comesBack();
    },
  ]),
  fc.constant<readonly [string, Happening]>([
    'lena is linked to somebody else',
    async (desk) => {
      const { userId } = desk.zone.addUser({ fullName: 'Somebody else' });
      const link = { slack: PEOPLE.lena, onezone: userId, by: PEOPLE.ada, how: 'by hand' as const };
      await desk.bot.services.people.link(link).catch(() => undefined);
    },
  ]),
);

/** After all that, Onezone answers again and every access is looked at once more. */
async function settles(desk: Desk): Promise<void> {
  desk.zone.faults.clear();
  for (let round = 0; round < 4; round += 1) await desk.passes(2 * MINUTE);
  const { store, now } = desk.bot.services;
  const accesses = await allAccesses(desk);
  await store.jobs.add(accesses.map((access) => reconcileJob(keyOf(access), now())));
  for (let round = 0; round < 3; round += 1) await desk.passes(2 * MINUTE);
}

async function allAccesses(desk: Desk) {
  const { store } = desk.bot.services;
  const users = Object.keys(desk.zone.state.users);
  const known = await Promise.all(
    users.map((onezone) => store.accesses.load({ service: desk.datacite, onezone })),
  );
  return known.filter((access) => access !== null);
}

describe('whatever people, clocks, hands and faults do', () => {
  it(
    'in the end the zone shows what each access should be, every request has ended, and the record is whole',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(happening, { minLength: 4, maxLength: 14 }),
          async (happenings) => {
            const desk = await openDesk({ lasting: true, policy: OPEN });
            try {
              await linked(desk, 'lena', 'tom', 'ada');
              for (const [at, [, happens]] of happenings.entries()) await happens(desk, at);
              await settles(desk);
              const { onezone, now, store } = desk.bot.services;
              const { privileges } = await onezone.connect();
              for (const access of await allAccesses(desk)) {
                const there = serviceOf(desk).users[access.onezone] ?? null;
                const wanted = desired(access, privileges, now());
                expect([...toSet(there)].sort()).toEqual([...wanted].sort());
                expect(isSame(toSet(access.applied?.privileges ?? null), toSet(there))).toBe(true);
              }
              const requests = await store.requests.find({ limit: 1000 });
              expect(requests.filter(({ status }) => !isSettled(status))).toEqual([]);
              for (const { requester, id } of requests) {
                const told = desk.slack
                  .directMessages(requester)
                  .map(({ metadata }) => String(metadata?.event_payload['key']));
                expect(told.some((key) => key.startsWith(`notify:${id}:outcome`))).toBe(true);
              }
              expect(await store.audit.verify()).toMatchObject({ brokenAt: null });
              expect((await store.jobs.counts(now())).overdue).toBe(0);
            } finally {
              await desk.stop();
            }
          },
        ),
        { numRuns: RUNS },
      );
    },
    RUNS * SLOWEST_RUN_MS,
  );
});
