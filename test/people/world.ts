import { pino } from 'pino';
import { z } from 'zod';
import { type Chat, ChatError, type Profile } from '../../src/chat.js';
import { OnezoneError, OnezoneAuthError, OnezoneUnreachable } from '../../src/onezone/errors.js';
import type { HandleService, Onezone, ZoneUser } from '../../src/onezone/onezone.js';
import { createPeople } from '../../src/people/create-people.js';
import type { People } from '../../src/people/people.js';
import type { Policy, Role } from '../../src/requests/policy.js';
import type { SlackUser } from '../../src/requests/request.js';
import { openStore } from '../../src/store/open.js';
import type { DirectoryUser, Store } from '../../src/store/store.js';

/** Everything that `People` stands on: a real store, a Slack and a zone made of plain values, a clock that stands. */
export interface World {
  readonly store: Store;
  readonly slack: FakeSlack;
  readonly zone: FakeZone;
  readonly people: People;
  readonly log: FakeLog;
  readonly clock: { now: Date };
}

interface WorldOptions {
  readonly email?: Policy['identity']['email'];
  readonly roles?: Readonly<Record<string, Role>>;
  /** Whether `People` may ask the zone about a user before it links. */
  readonly live?: boolean;
}

export const START = new Date('2026-03-01T09:00:00Z');

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const clock = { now: START };
  const store = await openStore('sqlite::memory:');
  const slack = fakeSlack();
  const zone = fakeZone();
  const log = fakeLog();
  const policy = somePolicy(options);
  const people = createPeople({
    store,
    chat: slack.chat,
    policy: () => policy,
    now: () => clock.now,
    log: log.logger,
    ...(options.live === true ? { readUser: zone.onezone.user } : {}),
  });
  return { store, slack, zone, people, log, clock };
}

export function somePolicy({ email = 'propose', roles = {} }: WorldOptions): Policy {
  return {
    roles,
    actions: {},
    services: [],
    grants: { durations: ['permanent'], max: null, levels: ['use'] },
    requests: { lapseAfter: 1, remindAfter: null, escalate: null },
    accounts: {},
    notify: { grants: null, approvals: null, operators: null },
    identity: { email },
  };
}

export interface FakeSlack {
  readonly chat: Pick<Chat, 'profile' | 'groupMembers'>;
  readonly groups: Map<string, readonly SlackUser[]>;
  /** Ids, of users or groups, for which Slack fails. */
  readonly failing: Set<string>;
  /** Each call as `profile U0LENA` or `groupMembers S0CURATORS fresh`. */
  readonly calls: string[];
  add(id: SlackUser, profile?: Partial<Profile>): void;
}

function fakeSlack(): FakeSlack {
  const profiles = new Map<SlackUser, Profile>();
  const groups = new Map<string, readonly SlackUser[]>();
  const failing = new Set<string>();
  const calls: string[] = [];
  function called(call: string, id: string, options?: { readonly fresh?: boolean }): Promise<void> {
    calls.push([call, id, ...(options?.fresh === true ? ['fresh'] : [])].join(' '));
    return failing.has(id)
      ? Promise.reject(new ChatError('later', 'fatal_error'))
      : Promise.resolve();
  }
  return {
    groups,
    failing,
    calls,
    chat: {
      async profile(user, options) {
        await called('profile', user, options);
        return profiles.get(user) ?? null;
      },
      async groupMembers(group, options) {
        await called('groupMembers', group, options);
        return { users: groups.get(group) ?? [], unreadable: null };
      },
    },
    add(id, profile = {}) {
      const blank = {
        standing: 'member' as const,
        name: id,
        email: null,
        timezone: null,
        isEmailConfirmed: true,
      };
      profiles.set(id, { id, ...blank, ...profile });
    },
  };
}

export interface FakeZone {
  readonly onezone: Pick<Onezone, 'listUsers' | 'user' | 'listHandleServices' | 'handleService'>;
  readonly users: Map<string, ZoneUser>;
  readonly services: Map<string, HandleService>;
  /** Thrown instead of an answer, by user id, service id, `listUsers` or `listHandleServices`. */
  readonly failing: Map<string, Error>;
  /** `listUsers`, or the id that was asked for. */
  readonly calls: string[];
  /** Run at each call, before it is answered. */
  onCall: (call: string) => void | Promise<void>;
  add(id: string, user?: Partial<ZoneUser>): void;
}

function fakeZone(): FakeZone {
  const users = new Map<string, ZoneUser>();
  const services = new Map<string, HandleService>();
  const failing = new Map<string, Error>();
  const calls: string[] = [];
  const zone: FakeZone = {
    users,
    services,
    failing,
    calls,
    onCall: () => undefined,
    add: (id, user = {}) => users.set(id, zoneUser(id, user)),
    onezone: {
      listUsers: () => answer('listUsers', () => [...users.keys()]),
      user: (id) => answer(id, () => users.get(id)),
      listHandleServices: () => answer('listHandleServices', () => [...services.keys()]),
      handleService: (id) => answer(id, () => services.get(id)),
    },
  };
  async function answer<T>(call: string, read: () => T | undefined): Promise<T> {
    calls.push(call);
    await zone.onCall(call);
    const failure = failing.get(call);
    if (failure !== undefined) throw failure;
    const found = read();
    if (found === undefined) throw failures.notFound;
    return found;
  }
  return zone;
}

const call = { method: 'GET', path: '/users', write: false };
const denial = { key: null, reference: null };
export const failures = {
  notFound: new OnezoneError(call, { status: 404, errorId: 'notFound', ...denial }),
  forbidden: new OnezoneError(call, { status: 403, errorId: 'forbidden', ...denial }),
  outage: new OnezoneUnreachable(call, { kind: 'noConnection', sent: false, code: 'ECONNREFUSED' }),
  tooNarrow: new OnezoneAuthError(call, {
    status: 401,
    reason: 'tokenTooNarrow',
    errorId: 'tokenCaveatUnverified',
  }),
  expired: new OnezoneAuthError(call, {
    status: 401,
    reason: 'tokenExpired',
    errorId: 'tokenCaveatUnverified',
  }),
};

export function zoneUser(id: string, user: Partial<ZoneUser> = {}): ZoneUser {
  return {
    id,
    fullName: `Name of ${id}`,
    username: null,
    emails: [],
    linkedEmails: [],
    linkedIdps: [],
    blocked: false,
    ...user,
  };
}

export function row(id: string, user: Partial<DirectoryUser> = {}): DirectoryUser {
  const blank = { fullName: `Name of ${id}`, username: null, emails: [], blocked: false };
  return { id, ...blank, readAt: START, ...user };
}

export interface FakeLog {
  readonly logger: pino.Logger;
  readonly lines: Line[];
}

const Line = z.object({ level: z.number(), msg: z.string() });
type Line = z.infer<typeof Line>;

function fakeLog(): FakeLog {
  const lines: Line[] = [];
  const logger = pino({}, { write: (line: string) => lines.push(Line.parse(JSON.parse(line))) });
  return { logger, lines };
}

/** A complete directory of these users. */
export async function fill(
  store: Pick<Store, 'directory'>,
  users: readonly DirectoryUser[],
): Promise<void> {
  await store.directory.put(users);
  await store.directory.markComplete(START);
}

export async function linked(
  store: Pick<Store, 'links'>,
  slack: SlackUser,
  onezone: string,
): Promise<void> {
  await store.links.put(
    { slack, onezone, by: 'U0CURATOR', how: 'by hand', at: START },
    {
      at: START,
      who: 'U0CURATOR',
      what: 'linked',
      request: null,
      service: null,
      people: [slack],
      detail: {},
    },
  );
}
