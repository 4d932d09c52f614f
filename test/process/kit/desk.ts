import { setTimeout as pause } from 'node:timers/promises';
import type { Request } from '../../../src/requests/request.js';
import { openStore } from '../../../src/store/open.js';
import type { Store } from '../../../src/store/store.js';
import type { Built } from './built.js';
import { type Program, ready, startProgram, type Where } from './program.js';
import { askFor, requestOf } from './residents.js';
import { buildTown, type Town, type TownOptions } from './town.js';
import type { Wish } from './wishes.js';

/** A town, and the bot in it as often as a test starts it. */
export interface Desk {
  readonly town: Town;
  readonly store: Store;
  /** Started and ready, and Slack knows where it is. */
  opens(
    env?: Readonly<Record<string, string>>,
    limits?: { readonly openFiles?: number },
  ): Promise<Program & { readonly at: Where }>;
  /** As `opens`, and it has read Onezone's services and users. */
  opensInformed(): Promise<Program & { readonly at: Where }>;
  asks(wish: Wish): Promise<Request>;
  /** The request of the wish, once it is so. */
  becomes(wish: Wish, status: Request['status']): Promise<Request>;
  close(): Promise<void>;
}

export async function openDesk(built: Built, options: TownOptions = {}): Promise<Desk> {
  const town = await buildTown(options);
  const store = await openStore(town.env['DATABASE_URL'] ?? '');
  const programs: Program[] = [];

  async function opens(env = {}, limits = {}): Promise<Program & { readonly at: Where }> {
    const program = startProgram({
      cli: built.cli,
      args: ['start'],
      env: { ...town.env, ...env },
      ...limits,
    });
    programs.push(program);
    const at = await ready(program);
    town.slack.setRequestUrl(at.slack);
    return { ...program, at };
  }

  async function found(wish: Wish, isIt: (it: Request) => boolean): Promise<Request> {
    return until(async () => {
      const request = await requestOf(store, wish);
      return request !== null && isIt(request) ? request : null;
    }, wish.reason);
  }

  return {
    town,
    store,
    opens,
    opensInformed: async () => {
      const program = await opens();
      await program.says(/Read the directory/);
      await until(() => store.services.get(town.services.Open), 'the services');
      return program;
    },
    asks: async (wish) => {
      await askFor({ town, store, isUp: () => true, isOver: () => false }, wish);
      return found(wish, () => true);
    },
    becomes: (wish, status) => found(wish, (it) => it.status === status),
    close: async () => {
      for (const it of programs) it.signal('SIGKILL');
      await Promise.all(programs.map((it) => it.ended));
      await store.close();
      await town.stop();
    },
  };
}

const PATIENCE = 20_000;

/** The first thing that is there; looks again and again. */
export async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > end) throw new Error(`never came: ${what}`);
    await pause(40);
  }
}
