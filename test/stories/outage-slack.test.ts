import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asks, linked, statusOf } from './acting.js';
import { CHANNELS, type Desk, HOUR, openDesk } from './desk.js';
import { at, conversation, members, USE } from './reading.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena');
});
afterEach(() => desk.stop());

const MINUTE = 60_000;
const OUTBOX = [
  'chat.postMessage',
  'chat.update',
  'conversations.open',
  'conversations.history',
  'auth.test',
];
const ANNOUNCED = `${at('lena')} can use *DataCite* until ‹90d›\nIn Onezone: lena of Onezone (lena).`;

function refuses(error: string): void {
  for (const method of OUTBOX) desk.slack.faults.add({ kind: 'error', method, error, times: 1e6 });
}

/** What an orchestrator is answered that asks whether the bot is ready. */
async function readyz(): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${String(desk.bot.ports().ops)}/readyz`);
  return `${String(response.status)} ${(await response.text()).trim()}`;
}

const fatalLines = (): number => desk.log().split('"level":"fatal"').length - 1;

describe('a Slack that does not take the bot’s token', () => {
  it.each(['token_revoked', 'missing_scope'])(
    'loses nothing: everything goes out once when it does again (%s)',
    async (error) => {
      refuses(error);
      const id = await asks(desk, 'cora', { people: ['lena'] });
      expect(await statusOf(desk, id)).toBe('done');
      expect(members(desk)).toEqual({ lena: USE });
      for (let hours = 0; hours < 30; hours += 1) await desk.passes(HOUR);
      expect(desk.texts(CHANNELS.team)).toEqual([]);
      expect(await readyz()).toMatch(new RegExp(`^503 Slack does not .* \\(${error}\\)$`, 'u'));
      desk.slack.faults.clear();
      await desk.passes(2 * MINUTE);
      expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([ANNOUNCED]);
      expect(desk.told('lena')).toHaveLength(1);
      expect(desk.told('cora')).toHaveLength(1);
      expect(desk.texts(CHANNELS.ops)).toEqual([]);
      await desk.passes(15 * MINUTE);
      expect(await readyz()).toBe('200 ready');
    },
  );

  it('is told to operators once, not for each message', async () => {
    refuses('token_revoked');
    await linked(desk, 'tom');
    await asks(desk, 'cora', { people: ['lena', 'tom'] });
    await desk.passes(HOUR);
    await desk.passes(HOUR);
    expect(fatalLines()).toBe(1);
    expect(await readyz()).toBe('503 Slack does not take the bot token (token_revoked)');
    expect(desk.log()).not.toContain('message refused by Slack');
  });
});
