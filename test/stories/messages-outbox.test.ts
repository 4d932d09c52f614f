import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approvalOf, approves, asks, denies, linked, statusOf } from './acting.js';
import { CHANNELS, type Desk, HOUR, openDesk, PEOPLE, POLICY } from './desk.js';
import type { SlackMessage } from '../../src/sandbox/slack/server.js';
import { at, conversation, life, members, reads, USE } from './reading.js';
import { wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await linked(desk, 'lena');
});
afterEach(() => desk.stop());

const MINUTE = 60_000;
const POST = 'chat.postMessage';
const ANNOUNCED = `${at('lena')} can use *DataCite* until ‹90d›\nIn Onezone: lena of Onezone (lena).`;
const WARNING =
  '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.';
const isAbout =
  (id: string) =>
  ({ metadata }: SlackMessage): boolean =>
    String(metadata?.event_payload['key']).includes(id);

/** Cora lets Lena in; nobody has to agree. */
const letsIn = (): Promise<string> => asks(desk, 'cora', { people: ['lena'] });

describe('a Slack that takes no messages', () => {
  it('holds up no grant: they arrive once when it does again', async () => {
    desk.slack.faults.add({ kind: 'status', status: 503, method: POST, times: 50 });
    const id = await letsIn();
    expect(await statusOf(desk, id)).toBe('done');
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    desk.slack.faults.clear();
    await desk.passes(2 * MINUTE);
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([ANNOUNCED]);
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.told('cora')).toHaveLength(1);
  });

  it('because there were too many is left alone for as long as it asks', async () => {
    desk.slack.faults.add({
      kind: 'rate-limited',
      retryAfter: 30,
      method: POST,
      channel: CHANNELS.team,
    });
    await letsIn();
    await desk.passes(20_000);
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    expect(callsOf(POST, CHANNELS.team)).toBe(1);
    await desk.passes(11_000);
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([ANNOUNCED]);
    expect(desk.told('lena')).toHaveLength(1);
  });

  it.each(['commit-then-reset', 'error'] as const)(
    'but had taken one whose answer was lost gets it no second time (%s)',
    async (kind) => {
      const scope = { method: POST, channel: CHANNELS.team };
      desk.slack.faults.add(
        kind === 'error'
          ? { ...scope, kind, error: 'fatal_error', commit: true }
          : { ...scope, kind },
      );
      await letsIn();
      await desk.passes(MINUTE);
      await desk.passes(MINUTE);
      expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([ANNOUNCED]);
      expect(callsOf(POST, CHANNELS.team)).toBe(1);
    },
  );

  it('loses none of those that were not taken', async () => {
    desk.slack.faults.add({ kind: 'reset', method: POST, channel: CHANNELS.team });
    await letsIn();
    await desk.passes(MINUTE);
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([ANNOUNCED]);
  });
});

describe('a message that is long ago', () => {
  const chatter = async (): Promise<void> => {
    for (let count = 0; count < 150; count += 1) {
      await desk.as('tom').types(`Message ${String(count)}`, { channel: CHANNELS.desk });
    }
  };

  it('is still the one that is edited (peers’ case 10)', async () => {
    const id = await asks(desk, 'lena');
    const { ts } = approvalOf(desk, id);
    await chatter();
    await desk.passes(25 * HOUR);
    await denies(desk, 'cora', id, 'No.');
    expect(approvalOf(desk, id)).toMatchObject({ ts });
    expect(approvalOf(desk, id).text).toMatch(/^Denied: /);
    expect(desk.slack.messages(CHANNELS.desk).filter(isAbout(id))).toHaveLength(2);
  });

  it('is found again below the newer ones when Slack’s answer to it was lost (peers’ case 10)', async () => {
    desk.slack.faults.add({ kind: 'commit-then-reset', method: POST, channel: CHANNELS.desk });
    const id = await asks(desk, 'lena');
    await chatter();
    await desk.passes(MINUTE);
    await approves(desk, 'cora', id);
    expect(desk.slack.messages(CHANNELS.desk).filter(isAbout(id))).toHaveLength(1);
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(
      `✅ ${at('lena')} can use *DataCite* until ‹90d› · ${at('cora')} approved\nIn Onezone: lena of Onezone (lena).`,
    );
  });

  it('is posted anew when somebody deleted it', async () => {
    const id = await asks(desk, 'lena');
    const messages = desk.slack.state.messages[CHANNELS.desk];
    messages?.splice(0, messages.length);
    await desk.passes(8 * 24 * HOUR);
    expect(desk.texts(CHANNELS.desk).filter((it) => it.startsWith('⌛ *Lapsed:* '))).toHaveLength(
      1,
    );
    expect(await statusOf(desk, id)).toBe('lapsed');
  });
});

describe('a channel that is closed to the desk', () => {
  const refused = [
    ['archived', { archived: true }, 'is_archived'],
    ['left', { members: [PEOPLE.cora, PEOPLE.lena], kind: 'private' }, 'channel_not_found'],
  ] as const;

  it.each(refused)(
    'as the team’s (%s) holds up no grant (peers’ case 2)',
    async (_, change, code) => {
      desk.slack.changeChannel(CHANNELS.team, change);
      const id = await letsIn();
      expect(await statusOf(desk, id)).toBe('done');
      expect(members(desk)).toEqual({ lena: USE });
      expect(desk.told('lena')).toHaveLength(1);
      expect(desk.texts(CHANNELS.ops)).toEqual([
        `📪 The *announcement* message of ${id} could not be delivered to \`${CHANNELS.team}\`. Slack says: \`${code}\`\n` +
          'Next: let the desk into that conversation again, or name another one under `notify` in the policy file. ' +
          'The request itself is not held up by this.',
      ]);
      expect((await desk.audit()).filter((it) => it.what === 'message failed')).toEqual([
        expect.objectContaining({
          who: 'bot',
          request: id,
          detail: { message: 'announcement', to: CHANNELS.team, code },
        }),
      ]);
      await desk.passes(HOUR);
      expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
    },
  );

  it.each(refused)('as the approvers’ (%s) makes it ask each of them', async (...[, change]) => {
    desk.slack.changeChannel(CHANNELS.desk, change);
    const id = await asks(desk, 'lena');
    for (const approver of ['cora', 'cem', 'ada'] as const) {
      expect(reads(desk, wordsOf(approvalOf(desk, id, PEOPLE[approver])))).toBe(
        `⏳ ${at('lena')} asks to use *DataCite* for 90 days\n\n> Survey data for my thesis\n` +
          `${at('lena')}: lena in Onezone (linked) · new member\n${WARNING}`,
      );
    }
    expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
    await approves(desk, 'cem', id, PEOPLE.cem);
    expect(members(desk)).toEqual({ lena: USE });
    for (const approver of ['cora', 'cem', 'ada'] as const) {
      expect(conversation(desk, desk.told(approver))).toEqual([
        `✅ ${at('lena')} can use *DataCite* until ‹90d› · ${at('cem')} approved\nIn Onezone: lena of Onezone (lena).`,
      ]);
    }
    expect((await life(desk, id)).filter((it) => it === 'bot: asked in person')).toHaveLength(1);
  });

  it('as the approvers’ asks each of them once, however often the message changes', async () => {
    await desk.policy(POLICY.replace(/(?<=  grant: .*count: )1/, '2'));
    desk.slack.changeChannel(CHANNELS.desk, { archived: true });
    const id = await asks(desk, 'lena');
    await approves(desk, 'cem', id, PEOPLE.cem);
    expect(reads(desk, desk.told('ada')[0] ?? '')).toContain(
      `Needs 2 agreements from curator or admin: ${at('cem')} (‹0d›) agreed; 1 more needed.`,
    );
    await approves(desk, 'ada', id, PEOPLE.ada);
    expect(members(desk)).toEqual({ lena: USE });
    expect((await life(desk, id)).filter((it) => it === 'bot: asked in person')).toHaveLength(1);
    expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
  });

  it('as the operators’ is on record', async () => {
    desk.slack.changeChannel(CHANNELS.ops, { archived: true });
    desk.slack.changeChannel(CHANNELS.team, { archived: true });
    const id = await letsIn();
    expect(await statusOf(desk, id)).toBe('done');
    expect((await desk.audit()).filter((it) => it.what === 'message failed')).toHaveLength(2);
    await desk.passes(HOUR);
    expect((await desk.audit()).filter((it) => it.what === 'message failed')).toHaveLength(2);
  });
});

describe('where the policy names no channel for approvals', () => {
  beforeEach(() => desk.policy(POLICY.replace(`approvals: ${CHANNELS.desk}, `, '')));

  it('each approver is asked, and every message is edited', async () => {
    const id = await asks(desk, 'lena');
    const approvers = ['cora', 'cem', 'ada'] as const;
    for (const it of approvers) expect(desk.told(it)).toHaveLength(1);
    await approves(desk, 'ada', id, PEOPLE.ada);
    for (const it of approvers) {
      expect(conversation(desk, desk.told(it))).toEqual([
        `✅ ${at('lena')} can use *DataCite* until ‹90d› · ${at('ada')} approved\nIn Onezone: lena of Onezone (lena).`,
      ]);
    }
    expect(desk.texts(CHANNELS.desk)).toEqual([]);
  });

  it('those who ask or get access are not', async () => {
    await asks(desk, 'lena', { people: ['cora'] });
    expect(desk.told('cora')).toEqual([]);
    expect(desk.told('cem')).toHaveLength(1);
  });

  it('those whose account is gone are not, and the others are (peers’ case 13)', async () => {
    desk.slack.changeUser(PEOPLE.cora, { deleted: true });
    const id = await asks(desk, 'lena');
    expect(desk.told('cora')).toEqual([]);
    expect(desk.told('cem')).toHaveLength(1);
    await approves(desk, 'cem', id, PEOPLE.cem);
    expect(members(desk)).toEqual({ lena: USE });
  });
});

describe('what one person reads', () => {
  it('comes in the order in which it happened, though the first had to wait', async () => {
    desk.slack.faults.add({ kind: 'rate-limited', retryAfter: 60, method: POST });
    const first = await asks(desk, 'tom');
    const second = await asks(desk, 'lena');
    expect(desk.texts(CHANNELS.desk)).toEqual([]);
    await desk.passes(2 * MINUTE);
    const order = desk.slack.messages(CHANNELS.desk);
    expect(order).toHaveLength(2);
    expect(order.map((it) => [first, second].find((id) => isAbout(id)(it)))).toEqual([
      first,
      second,
    ]);
  });

  it('does not wait for what another has to wait for', async () => {
    await denies(desk, 'cora', await asks(desk, 'lena'), 'No.');
    const [earlier] = desk.slack.directMessages(PEOPLE.lena);
    const channel = earlier?.channel ?? '';
    desk.slack.faults.add({ kind: 'status', status: 503, method: POST, channel, times: 9 });
    await letsIn();
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    expect(desk.told('cora')).toHaveLength(1);
    expect(desk.told('lena')).toHaveLength(1);
    desk.slack.faults.clear();
    await desk.passes(MINUTE);
    expect(desk.told('lena')).toHaveLength(2);
  });
});

const callsOf = (method: string, channel: string): number =>
  desk.slack.calls.filter((it) => it.method === method && it.args['channel'] === channel).length;
