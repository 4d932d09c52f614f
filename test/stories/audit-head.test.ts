import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { linked } from './acting.js';
import { CHANNELS, DAY, type Desk, HOUR, openDesk } from './desk.js';
import { wordsOf } from './screen.js';
import { auditCli } from '../support/audit-cli.js';
import { oneEngine, type TestDatabase } from '../store/databases.js';

let database: TestDatabase;
let desk: Desk;
beforeEach(async () => {
  database = await oneEngine().create();
  desk = await openDesk({ databaseUrl: database.url });
  await linked(desk, 'lena');
});
afterEach(async () => {
  await desk.stop();
  await database.drop();
});

const posted = (): readonly string[] => desk.slack.messages(CHANNELS.ops).map(wordsOf);
const logged = (): number => desk.log().split('"msg":"the audit ends here"').length - 1;

describe('the head of the audit', () => {
  it('is posted once a day by whichever replica, and only when it has moved; the log has it each day', async () => {
    await desk.replica();
    await desk.passes(23 * HOUR);
    expect(posted()).toEqual([]);
    await desk.passes(2 * HOUR);
    const [last] = await desk.bot.services.store.audit.latest(1);
    const { seq, hash } = last ?? { seq: 0, hash: '' };
    const words =
      `⚠️ The audit has ${String(seq)} line. Its head is ${hash}. ` +
      `Whether all of it is still there: npx handle-desk audit verify --head ${hash} --lines ${String(seq)}`;
    expect(posted()).toEqual([words]);
    await desk.passes(DAY);
    expect(posted()).toEqual([words]);
    expect(logged()).toBe(2);
    await linked(desk, 'tom');
    await desk.restarts();
    await desk.passes(DAY);
    expect(posted()).toHaveLength(2);
    expect(posted()[1]).toMatch(/^⚠️ The audit has 2 lines\. /);
    expect(await auditCli(database.url, 'verify', '--head', hash, '--lines', '1')).toMatchObject({
      code: 0,
    });
  });

  it('that is no longer in the audit is told, also where what the desk remembers was set back', async () => {
    await linked(desk, 'tom');
    await desk.passes(DAY);
    const [last] = await desk.bot.services.store.audit.latest(1);
    const guard =
      new URL(database.url).protocol === 'sqlite:'
        ? 'drop trigger audit_no_delete'
        : 'drop trigger audit_no_rewrite on audit';
    for (const statement of [
      guard,
      'delete from audit where seq = 2',
      'update audit_head set seq = 1, hash = (select hash from audit where seq = 1)',
    ]) {
      await database.raw(statement);
    }
    await desk.passes(DAY);
    expect(posted()[1]).toBe(
      `⚠️ The audit no longer holds the head that was told here before (line 2, ${last?.hash ?? ''}): lines were removed, or it was written anew. ` +
        'Next: keep the database as it is as evidence, and run npx handle-desk audit verify on it and on a backup.',
    );
    expect(desk.log()).toContain('the audit has lost lines, or was written anew');
  });
});
