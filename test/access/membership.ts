import { type Access, Access as StoredAccess } from '../../src/access/access.js';
import { reconcile, type ReconcileServices } from '../../src/access/reconcile.js';
import { MEMBER, type PrivilegeSet, toPrivileges } from '../../src/access/privilege-set.js';
import { OnezoneError } from '../../src/onezone/errors.js';
import type { ZoneInfo } from '../../src/onezone/onezone.js';
import { NEWEST_VOCABULARY } from '../../src/onezone/privileges.js';
import type { Writes } from '../../src/store/store.js';
import { NOW } from '../builders.js';

/** The process is gone, in the middle of whatever it did. */
export class Killed extends Error {
  override name = 'Killed' as const;
}

/** A step of reconciling that reaches out of the process. */
export type Step = 'look' | 'store' | 'write' | 'ask through groups';

export const vocabulary = NEWEST_VOCABULARY;

const zoneInfo: ZoneInfo = {
  apiUrl: 'https://onezone.example.org/api/v3/onezone',
  name: 'Zone',
  domain: null,
  version: '25.0',
  privileges: { all: vocabulary.all, member: [] },
  me: { id: 'onezone-desk', fullName: null, username: null },
  ozPrivileges: null,
  model: 'admin',
  lacking: [],
  token: null,
};

const call = { method: 'PATCH', path: '/users', write: true };
const notFound = new OnezoneError(call, {
  status: 404,
  errorId: 'notFound',
  key: null,
  reference: null,
});
export const denied = new OnezoneError(call, {
  status: 400,
  errorId: 'badValueIdNotFound',
  key: null,
  reference: null,
});

/** What our calls leave behind. */
export interface Delta {
  readonly grant: PrivilegeSet;
  readonly revoke: PrivilegeSet;
}

/** Called before and after each step, and with what a call changes as it arrives. What it throws is the end of the process. */
export interface Watch {
  readonly before: (step: Step) => void;
  readonly arrives: (delta: Delta) => void;
  readonly after: (step: Step) => void;
}

export const NOBODY_WATCHES: Watch = {
  before: () => undefined,
  arrives: () => undefined,
  after: () => undefined,
};

/** One membership of one user in a zone of plain values, the stored access about it, and a clock that stands. */
export class Membership {
  readonly zone = new Set<string>();
  now = NOW;
  isInGroup = false;
  /** Calls that change something are answered with a denial. */
  isDenied = false;
  readonly writes: Writes[] = [];
  /** What each call was to change. */
  readonly calls: Delta[] = [];
  watch = NOBODY_WATCHES;
  #stored: string | null = null;

  get stored(): Access | null {
    return this.#stored === null ? null : StoredAccess.parse(JSON.parse(this.#stored));
  }

  /** What a request writes beside its step. */
  store(access: Access): void {
    this.#stored = JSON.stringify(access);
  }

  reconcile(): Promise<void> {
    const { stored } = this;
    if (stored === null) return Promise.resolve();
    const { service, onezone } = stored;
    const fence = { mustHold: () => Promise.resolve() };
    return reconcile(this.#services(), { service: service.id, onezone }, fence);
  }

  #services(): ReconcileServices {
    const member = (): readonly string[] | null => toPrivileges(this.zone);
    return {
      now: () => this.now,
      newSupportId: () => 'S-1',
      wake: () => undefined,
      store: {
        accesses: { load: () => Promise.resolve(this.stored) },
        commit: (writes) =>
          this.#step('store', () => {
            const [access] = writes.accesses ?? [];
            if (access === undefined) return;
            const { version = 0 } = this.stored ?? {};
            if (access.version !== version + 1) throw new Error('overtaken');
            this.writes.push(writes);
            this.store(access);
          }),
      },
      onezone: {
        connect: () => Promise.resolve(zoneInfo),
        userPrivileges: () => this.#step('look', member),
        effectivePrivileges: () =>
          this.#step('ask through groups', () => (this.isInGroup ? [] : member())),
        addUser: (_service, _user, privileges) =>
          this.#write(() => {
            if (this.zone.size > 0) return 'alreadyMember' as const;
            this.#change({ grant: new Set([MEMBER, ...privileges]), revoke: new Set() });
            return 'added' as const;
          }),
        removeUser: () =>
          this.#write(() => {
            if (this.zone.size === 0) return 'notMember' as const;
            this.#change({ grant: new Set(), revoke: new Set(this.zone) });
            return 'removed' as const;
          }),
        changePrivileges: (_service, _user, { grant, revoke }) =>
          this.#write(() => {
            if (this.zone.size === 0) throw notFound;
            this.#change({ grant: new Set(grant), revoke: new Set(revoke) });
          }),
      },
    };
  }

  #write<T>(effect: () => T): Promise<T> {
    return this.#step('write', () => {
      if (this.isDenied) throw denied;
      return effect();
    });
  }

  #change(delta: Delta): void {
    this.calls.push(delta);
    this.watch.arrives(delta);
    for (const word of delta.revoke) this.zone.delete(word);
    for (const word of delta.grant) this.zone.add(word);
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is to be a rejection
  async #step<T>(step: Step, effect: () => T): Promise<T> {
    this.watch.before(step);
    const result = effect();
    this.watch.after(step);
    return result;
  }
}
