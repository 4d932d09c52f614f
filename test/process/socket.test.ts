import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { build, type Built } from './kit/built.js';
import { type Desk, openDesk } from './kit/desk.js';
import { unforeseen } from './kit/program.js';
import { hasApprove, keyOf } from './kit/residents.js';
import { accessIn, CHANNELS, slackIdOf } from './kit/town.js';
import { expectedAccess, type GrantWish } from './kit/wishes.js';

const wish: GrantWish = {
  change: 'grant',
  by: 'p1',
  people: ['p1', 'p2'],
  service: 'DataCite',
  level: 'use',
  duration: '90d',
  reason: 'Survey data for our thesis',
};

let built: Built;
let desk: Desk;
beforeAll(async () => {
  built = await build('socket');
});
afterAll(() => built.remove());
beforeEach(async () => {
  desk = await openDesk(built, { socket: true });
});
afterEach(() => desk.close());

describe('the process in Socket Mode', () => {
  it('takes a request from its command to its announcement, over connections that come and go', async () => {
    const program = await desk.opensInformed();
    const { slack } = desk.town;
    expect(program.at.slack).toBeNull();
    let [connected, joined] = [1, 0];
    slack.on((change) => {
      if (change.type !== 'sockets') return;
      if (change.connected > connected) joined += 1;
      connected = change.connected;
    });
    const reconnects = async (cut: () => void): Promise<void> => {
      const before = joined;
      cut();
      await slack.until(() => joined > before && connected === 1, 'a new connection', 10_000);
    };

    const request = await desk.asks(wish);
    await reconnects(() => {
      slack.sockets.disconnect('refresh_requested');
    });
    const approval = () => slack.messages(CHANNELS.desk).find(hasApprove);
    await slack.until(() => approval() !== undefined, 'the approvers’ message', 10_000);
    await reconnects(() => {
      slack.sockets.drop();
    });
    const message = approval();
    if (message === undefined) throw new Error('nothing to approve');
    const clicked = await slack.as(slackIdOf('cora')).clicks(message, 'request_approve');
    await desk.becomes(wish, 'done');
    const announced = () => slack.messages(CHANNELS.team).map(keyOf);
    await slack.until(() => announced().length > 0, 'the announcement', 10_000);

    expect(clicked).toMatchObject({ transport: 'socket', outcome: 'ok' });
    expect(announced()).toEqual([`notify:${request.id}:announcement:${CHANNELS.team}`]);
    expect(accessIn(desk.town)).toEqual(expectedAccess([wish]));

    program.signal('SIGTERM');
    expect(await program.ended).toBe(0);
    // What the SDK says of a connection that is cut.
    const rest = unforeseen(program.out() + program.err());
    expect(rest.filter((it) => !/"msg":"WebSocket error/.test(it))).toEqual([]);
  }, 40_000);
});
