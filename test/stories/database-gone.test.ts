import { copyFileSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, connect, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { linked } from './acting.js';
import { CHANNELS, type Desk, openDesk } from './desk.js';
import { wordsOf } from './screen.js';
import { engines, sqliteEngine, type TestDatabase } from '../store/databases.js';

const SECOND = 1_000;

let desk: Desk;
let database: TestDatabase | null = null;
afterEach(async () => {
  await desk.stop();
  await database?.drop();
  database = null;
});

async function readyz(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${String(desk.bot.ports().ops)}/readyz`);
  return `${String(response.status)} ${(await response.text()).trim()}`;
}

async function opens(engine = 'SQLite'): Promise<TestDatabase> {
  const known = [sqliteEngine, ...engines].find(({ name }) => name === engine);
  const made = await known?.create();
  if (made === undefined) throw new Error(`there is no ${engine}`);
  database = made;
  return made;
}

const posted = (): readonly string[] => desk.slack.messages(CHANNELS.ops).map(wordsOf);
const logged = (words: string): number => desk.log().split(`"msg":"${words}"`).length - 1;
const looks = async (times: number): Promise<void> => {
  for (let count = 0; count < times; count += 1) await desk.bot.storeWatch.look();
};

const DELETED = 'the database file was deleted, or its folder is gone';
const goneWords = (reason: string): string =>
  `⚠️ The desk cannot use its database: ${reason}. Nothing is accepted or carried out meanwhile. ` +
  'Next: do not restart the desk before the right database is in its place, or it begins with an empty one. Restore it from the latest backup, then restart.';
const AGAIN = '⚠️ The desk can use its database again.';

describe('a database file that goes away while the desk runs', () => {
  it('is noticed and told once, takes no more writes, and is used again when it is back', async () => {
    const { url } = await opens();
    const path = url.replace('sqlite:', '');
    desk = await openDesk({ databaseUrl: url });
    await linked(desk, 'lena');
    expect(await readyz()).toBe('200 ready');

    renameSync(path, `${path}.away`);
    const store = desk.bot.services.store;
    await expect(store.ping()).rejects.toThrow(DELETED);
    await expect(linked(desk, 'tom')).rejects.toThrow(DELETED);
    expect(await readyz()).toBe(`503 ${DELETED}`);
    await looks(3);
    expect(posted()).toEqual([goneWords(DELETED)]);
    expect(logged(DELETED)).toBe(1);
    expect(existsSync(path)).toBe(false);
    await expect(desk.passes(180 * SECOND)).rejects.toThrow(DELETED);
    const livez = await fetch(`http://127.0.0.1:${String(desk.bot.ports().ops)}/livez`);
    expect(livez.status).toBe(200);

    renameSync(`${path}.away`, path);
    await looks(2);
    expect(await readyz()).toBe('200 ready');
    expect(posted()).toEqual([goneWords(DELETED), AGAIN]);
    await linked(desk, 'tom');
    expect(await store.audit.verify()).toMatchObject({ lines: 2, brokenAt: null });
  });

  it('is told when Slack takes it again, if Slack was away too', async () => {
    const { url } = await opens();
    desk = await openDesk({ databaseUrl: url });
    rmSync(url.replace('sqlite:', ''));
    desk.slack.faults.add({
      kind: 'error',
      method: 'chat.postMessage',
      error: 'fatal_error',
      times: 1,
    });
    await looks(1);
    expect(posted()).toEqual([]);
    await looks(2);
    expect(posted()).toEqual([goneWords(DELETED)]);
  });

  it('and is replaced by a copy, even of the same content, is not written to', async () => {
    const { url } = await opens();
    const path = url.replace('sqlite:', '');
    desk = await openDesk({ databaseUrl: url });
    copyFileSync(path, `${path}.copy`);
    const before = statSync(`${path}.copy`);
    renameSync(`${path}.copy`, path);
    const reason = 'the database file was replaced by another';
    await expect(linked(desk, 'lena')).rejects.toThrow(reason);
    await looks(1);
    expect(await readyz()).toBe(`503 ${reason}`);
    expect(posted()).toEqual([goneWords(reason)]);
    expect(statSync(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs });
  });

  it('or is set back in place to an earlier one is noticed by what it lacks', async () => {
    const made = await opens();
    const { url } = made;
    desk = await openDesk({ databaseUrl: url });
    await linked(desk, 'lena');
    await linked(desk, 'tom');
    await looks(1);
    for (const statement of [
      'drop trigger audit_no_delete',
      'delete from audit where seq = 2',
      'update audit_head set seq = 1, hash = (select hash from audit)',
    ]) {
      await made.raw(statement);
    }
    const reason =
      'the database is an older one than before, or another: it lacks what the desk wrote';
    await looks(2);
    expect(await readyz()).toBe(`503 ${reason}`);
    expect(posted()).toEqual([goneWords(reason)]);
  });
});

const SILENT =
  '⚠️ The desk cannot use its database: the store cannot be written. Nothing is accepted or carried out meanwhile. ' +
  'Next: see that the database runs and can be reached; the desk goes on by itself.';

describe('a database that cannot be written', () => {
  it('is unready at once, and told when it lasts, not when it is over soon', async () => {
    const made = await opens();
    const { url } = made;
    desk = await openDesk({ databaseUrl: url });
    const [away, back] = ['alter table marks rename to away', 'alter table away rename to marks'];
    await made.raw(away);
    await looks(2);
    expect(await readyz()).toBe('503 the store cannot be written');
    await made.raw(back);
    await looks(1);
    expect(posted()).toEqual([]);
    await made.raw(away);
    await looks(1);
    await desk.passes(46 * SECOND);
    await looks(2);
    expect(posted()).toEqual([SILENT]);
    await made.raw(back);
    await looks(2);
    expect(posted()).toEqual([SILENT, AGAIN]);
    expect(logged('the store cannot be written')).toBe(2);
  });

  const hasPostgres = engines.some(({ name }) => name === 'PostgreSQL');
  (hasPostgres ? it : it.skip)('on PostgreSQL as on SQLite: its connections are lost', async () => {
    const { url } = await opens('PostgreSQL');
    const line = await wire(new URL(url));
    desk = await openDesk({ databaseUrl: line.url });
    await linked(desk, 'lena');
    await line.cut();
    await looks(1);
    expect(await readyz()).toBe('503 the store cannot be written');
    await expect(desk.passes(46 * SECOND)).rejects.toThrow();
    await looks(2);
    expect(posted()).toEqual([SILENT]);
    await line.mend();
    await looks(2);
    expect(await readyz()).toBe('200 ready');
    expect(posted()).toEqual([SILENT, AGAIN]);
    await linked(desk, 'tom');
    await desk.stop();
    await line.cut();
  });
});

/** A way to the database that can be cut. */
async function wire(to: URL): Promise<{
  readonly url: string;
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
}> {
  const open = new Set<Socket>();
  const join = (near: Socket): void => {
    const far = connect(Number(to.port), to.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => one.destroy());
      one.on('close', () => other.destroy());
      one.pipe(other);
    }
  };
  let port = 0;
  let server: Server;
  const mend = async (): Promise<void> => {
    server = createServer(join);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  };
  await mend();
  const url = new URL(to);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    mend,
    cut: async () => {
      for (const socket of open) socket.destroy();
      open.clear();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
