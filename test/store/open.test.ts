import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { openStore } from '../../src/store/open.js';
import { aGrant, aJob, aStep, after, NOW } from '../builders.js';
import { engines, type TestDatabase } from './databases.js';

describe.each(engines)('a database on $name', ({ create }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await create();
  });
  afterEach(() => database.drop());

  it('is there after a restart, with everything in it', async () => {
    const before = await database.open();
    await before.requests.commit(aStep(aGrant(), { jobs: [aJob()] }));
    await before.close();
    const store = await database.open();

    expect(await store.requests.load('R-0000000A')).toEqual(aGrant());
    expect(await store.jobs.claim({ now: after(1), until: after(2), limit: 9 })).toHaveLength(1);
    await store.requests.commit(aStep(aGrant({ version: 2 })));
    expect(await store.audit.verify()).toMatchObject({ lines: 2, brokenAt: null });
  });

  it('can be opened by several at once while it is empty', async () => {
    const stores = await Promise.all([1, 2, 3, 4].map(() => database.open()));

    await Promise.all(
      stores.map((replica, index) =>
        replica.requests.commit(aStep(aGrant({ id: `R-0000000${String(index)}` }))),
      ),
    );
    expect(await stores[0]?.requests.find({})).toHaveLength(4);
  });

  it('of a newer version is refused', async () => {
    await (await database.open()).close();
    await database.raw(`insert into handle_desk_migration values ('0099-newer', '2099-01-01')`);

    await expect(database.open()).rejects.toThrow(
      new Error(
        'This database was used by a newer version of Handle Desk: it has “0099-newer”, which this version does not know. ' +
          'Start the newer version, or restore the backup from before the upgrade.',
      ),
    );
  });

  it('answers a ping by writing', async () => {
    const store = await database.open({ now: () => after(7) });
    await store.ping();

    expect(await database.raw('select value from marks')).toEqual([
      { value: after(7).toISOString() },
    ]);
    await database.raw('drop table marks');
    await expect(store.ping()).rejects.toThrow(/marks/);
  });
});

describe('a SQLite file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'handle-desk-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is made with its folder, for its owner alone', async () => {
    const path = join(folder, 'data', 'deep', 'desk.db');
    const store = await openStore(`sqlite:${path}`);
    await store.ping();
    await store.jobs.takeOver(NOW);

    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    for (const end of ['', '-wal', '-shm', '.lock']) {
      expect([end, statSync(path + end).mode & 0o777]).toEqual([end, 0o600]);
    }
    await store.close();
  });

  it('has a lock for its owner alone, also where an earlier version made it for all', async () => {
    const path = join(folder, 'desk.db');
    writeFileSync(`${path}.lock`, '');
    chmodSync(`${path}.lock`, 0o644);
    const store = await openStore(`sqlite:${path}`);
    await store.jobs.takeOver(NOW);

    expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('that someone else writes is waited for, which disturbs no later commit', async () => {
    const path = join(folder, 'desk.db');
    const store = await openStore(`sqlite:${path}`);
    const other = new Libsql(path);
    other.exec('begin immediate');

    const single = store.deliveries.isFirst('Ev1', NOW);
    await immediate();
    other.exec('commit');
    expect(await single).toBe(true);

    other.exec('begin immediate');
    const commit = store.requests.commit(aStep(aGrant()));
    await immediate();
    other.exec('commit');
    expect(await commit).toEqual(aGrant());
    other.close();
    await store.close();
  });

  it.each(Array.from({ length: 25 }, (_, index) => index))(
    'that is closed in the middle of work (after %i turns) finishes it or refuses it',
    async (turns) => {
      const store = await openStore(`sqlite:${join(folder, 'desk.db')}`);
      const work = store.requests.commit(aStep(aGrant())).catch((error: unknown) => error);
      for (let turn = 0; turn < 2 * turns; turn += 1) await Promise.resolve();
      await store.close();

      const again = await openStore(`sqlite:${join(folder, 'desk.db')}`);
      const stored = await again.requests.load('R-0000000A');
      expect(await work).toEqual(stored ?? new Error('The database is closed.'));
      await again.close();
      await expect(store.ping()).rejects.toThrow(new Error('driver has already been destroyed'));
    },
  );

  it('that is there keeps the rights that someone gave it', async () => {
    const path = join(folder, 'desk.db');
    await (await openStore(`sqlite:${path}`)).close();
    chmodSync(path, 0o640);
    await (await openStore(`sqlite:${path}`)).close();

    expect(statSync(path).mode & 0o777).toBe(0o640);
  });
});

describe('a database URL', () => {
  it('may name no file at all', async () => {
    const store = await openStore('sqlite::memory:');
    await store.requests.commit(aStep(aGrant()));

    expect(await store.requests.load('R-0000000A')).toEqual(aGrant());
    await store.close();
  });

  it.each(['', 'sqlite:', 'mysql://root:secret@localhost/x', '/data/desk.db'])(
    'of another kind is refused without being repeated: %j',
    async (url) => {
      await expect(openStore(url)).rejects.toThrow(
        new Error('A database URL begins with sqlite: or postgres:'),
      );
    },
  );

  it('of a server that is not there fails', async () => {
    await expect(openStore('postgres://nobody@127.0.0.1:1/none')).rejects.toThrow(/ECONNREFUSED/);
  });
});
