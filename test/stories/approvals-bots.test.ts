import { afterEach, describe, expect, it } from '@jest/globals';
import { engines, type TestDatabase } from '../store/databases.js';
import { approvalOf, approves, asks, statusOf } from './acting.js';
import { CHANNELS, type Desk, openDesk, PEOPLE } from './desk.js';
import { life, mark, members, USE, writesSince } from './reading.js';

let desk: Desk;
afterEach(() => desk.stop());

describe('a bot that was restarted with a request waiting', () => {
  it('takes the first click (peers’ case 14)', async () => {
    desk = await openDesk({ lasting: true });
    const id = await asks(desk, 'lena');
    await desk.restarts();
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
  });

  it('still knows a click that was delivered before', async () => {
    desk = await openDesk({ lasting: true });
    const id = await asks(desk, 'lena');
    const click = await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    await desk.slack.until(() => desk.texts(CHANNELS.team).length > 0, 'the announcement');
    await desk.restarts();
    const before = await desk.audit();
    expect((await desk.slack.redeliver(click)).status).toBe(200);
    await desk.works();
    expect(await desk.audit()).toEqual(before);
  });
});

const postgres = engines.find((it) => it.name === 'PostgreSQL');

if (postgres !== undefined) {
  describe('two bots on one PostgreSQL database', () => {
    let database: TestDatabase;
    afterEach(async () => {
      await desk.stop();
      await database.drop();
    });

    it('carry out once what two approvers agree to in the same tick (peers’ case 3)', async () => {
      const { id, from } = await twoClicks('cem', 'request_approve');
      await desk.slack.until(() => isTold('cora') || isTold('cem'), 'what the second is told');
      await settled();
      expect(await statusOf(desk, id)).toBe('done');
      expect(writesSince(desk, from)).toEqual(['PUT /handle_services/‹DataCite›/users/‹lena› 201']);
      expect(members(desk)).toEqual({ lena: USE });
      expect(desk.texts(CHANNELS.team)).toHaveLength(1);
      expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
      expect(desk.told('lena')).toHaveLength(1);
      const moved = await life(desk, id);
      expect(moved.filter((it) => it.endsWith('approved'))).toHaveLength(1);
      expect(moved.filter((it) => it.endsWith('refused'))).toHaveLength(1);
      expect(await desk.bot.services.store.audit.verify()).toMatchObject({ brokenAt: null });
    });

    it('take one double click once, whichever of them gets it', async () => {
      const { id } = await twoClicks('cora', 'request_approve');
      await desk.slack.until(() => isTold('cora'), 'an answer');
      await settled();
      expect((await life(desk, id)).filter((it) => it.endsWith('approved'))).toHaveLength(1);
      expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    });

    /** Below the message, or by direct message where the other bot looked at the click. */
    const isTold = (name: 'cora' | 'cem'): boolean =>
      [...desk.slack.ephemerals(PEOPLE[name]), ...desk.slack.directMessages(PEOPLE[name])].some(
        ({ text }) => /just moved|already/.test(text),
      );

    async function twoClicks(
      second: 'cora' | 'cem',
      action: string,
    ): Promise<{ readonly id: string; readonly from: number }> {
      if (postgres === undefined) throw new Error('There is no PostgreSQL here.');
      database = await postgres.create();
      desk = await openDesk({ databaseUrl: database.url });
      const other = await desk.replica();
      const id = await asks(desk, 'lena');
      // Either bot may be the one that posts it.
      const posted = () => desk.slack.messages(CHANNELS.desk).length > 0;
      await desk.slack.until(posted, 'the approval message', 10_000);
      const message = approvalOf(desk, id);
      const from = mark(desk);
      const first = desk.as('cora').clicks(message, action);
      desk.talksTo(other);
      await Promise.all([first, desk.as(second).clicks(message, action)]);
      return { id, from };
    }

    async function settled(): Promise<void> {
      await desk.slack.until(() => desk.texts(CHANNELS.team).length > 0, 'the announcement');
      await desk.works();
    }
  });
}
