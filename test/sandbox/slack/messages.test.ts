import type { KnownBlock } from '@slack/types';
import { afterEach, describe, expect, it } from '@jest/globals';
import { withHttpBot, type Running } from './a-bot.js';
import { option, plain } from './views.js';

let running: Running | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
});

async function start(...args: Parameters<typeof withHttpBot>): Promise<Running> {
  running = await withHttpBot(...args);
  return running;
}

const card: KnownBlock[] = [
  {
    type: 'actions',
    block_id: 'decide',
    elements: [
      {
        type: 'button',
        action_id: 'approve',
        value: 'r1',
        style: 'primary',
        text: plain('Approve'),
        confirm: { text: plain('Sure?') },
      },
      { type: 'button', action_id: 'note', value: 'first', text: plain('Note') },
      { type: 'overflow', action_id: 'more', options: [option('history')] },
      { type: 'static_select', action_id: 'level', options: [option('low'), option('high')] },
    ],
  },
  {
    type: 'section',
    block_id: 'second',
    text: plain('x'),
    accessory: { type: 'button', action_id: 'note', value: 'second', text: plain('Note') },
  },
];

async function withCard(listen: Parameters<typeof withHttpBot>[0]) {
  const at = await start(listen);
  await at.app.client.chat.postMessage({
    channel: at.general,
    text: 'Decide',
    blocks: card,
    metadata: { event_type: 'request', event_payload: { id: 'r1' } },
  });
  const [message] = at.slack.messages(at.general);
  if (message === undefined) throw new Error('no message');
  return { ...at, message };
}

describe('a button of a message', () => {
  it('tells the bot who clicked on what, and can replace the message by its response_url', async () => {
    const { slack, omar, general, message } = await withCard((app) => {
      app.action('approve', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'Approved', replace_original: true });
      });
    });
    const delivery = await slack.as(omar).clicks(message, 'approve');
    expect(delivery).toMatchObject({ kind: 'block_actions', name: 'approve', outcome: 'ok' });
    expect(delivery.payload).toMatchObject({
      type: 'block_actions',
      user: { id: omar, username: 'omar', team_id: slack.state.team.id },
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: general,
        is_ephemeral: false,
      },
      channel: { id: general, name: 'general' },
      message: {
        ts: message.ts,
        bot_id: slack.state.app.botId,
        text: 'Decide',
        metadata: { event_type: 'request', event_payload: { id: 'r1' } },
      },
      state: { values: { decide: { level: { type: 'static_select', selected_option: null } } } },
      actions: [{ type: 'button', action_id: 'approve', block_id: 'decide', value: 'r1' }],
    });
    await slack.until(
      () => slack.messages(general)[0]?.text === 'Approved',
      'the card was replaced',
    );
    expect(slack.messages(general)).toHaveLength(1);
    expect(slack.messages(general)[0]?.blocks).toEqual([]);
  });

  it('does nothing when the person does not confirm', async () => {
    const { slack, omar, message } = await withCard(() => undefined);
    const person = slack.as(omar);
    person.confirms = false;
    expect(await person.clicks(message, 'approve')).toMatchObject({
      outcome: 'not_delivered',
      why: 'cancelled in the confirmation dialog',
    });
  });

  it('works inside a container, whose blocks get ids too', async () => {
    const { slack, app, omar, general } = await start((bot) => {
      bot.action('inside', async ({ ack }) => ack());
    });
    const elements = [
      { type: 'button' as const, action_id: 'inside', text: plain('Press'), value: 'v1' },
      { type: 'users_select' as const, action_id: 'who' },
    ];
    await app.client.chat.postMessage({
      channel: general,
      text: 'Details',
      blocks: [
        {
          type: 'container',
          title: plain('Details'),
          child_blocks: [{ type: 'divider' }, { type: 'actions', block_id: 'deep', elements }],
        },
      ],
    });
    const [message] = slack.messages(general);
    if (message === undefined) throw new Error('no message');
    expect(JSON.stringify(message.blocks)).toMatch(/"type":"divider","block_id":"b\w+"/);
    const { payload } = await slack.as(omar).clicks(message, 'inside');
    expect(payload).toMatchObject({
      actions: [{ action_id: 'inside', block_id: 'deep', value: 'v1' }],
      state: { values: { deep: { who: { type: 'users_select', selected_user: null } } } },
    });
  });

  it('is told from another of the same name by its value or its block', async () => {
    const { slack, omar, message } = await withCard((app) => {
      app.action('note', async ({ ack }) => ack());
    });
    const clicked = async (choice: { value?: string; block?: string }) => {
      const { payload } = await slack.as(omar).clicks(message, 'note', choice);
      return payload['actions'];
    };
    expect(await clicked({})).toMatchObject([{ value: 'first' }]);
    expect(await clicked({ value: 'second' })).toMatchObject([{ value: 'second' }]);
    expect(await clicked({ block: 'second' })).toMatchObject([{ value: 'second' }]);
  });

  it('can be clicked on a screen that is behind, but not in a deleted message', async () => {
    const { slack, app, omar, general, message } = await withCard((bot) => {
      bot.action('approve', async ({ ack }) => ack());
    });
    const { ts } = message;
    await app.client.chat.update({ channel: general, ts, text: 'Decided', blocks: [] });
    const { payload } = await slack.as(omar).clicks(message, 'approve');
    expect(payload).toMatchObject({ message: { text: 'Decided', blocks: [] } });
    const [now] = slack.messages(general);
    if (now === undefined) throw new Error('no message');
    await expect(slack.as(omar).clicks(now, 'approve')).rejects.toThrow(
      'There is no approve here; there is: nothing.',
    );
    await app.client.chat.delete({ channel: general, ts });
    await expect(slack.as(omar).clicks(message, 'approve')).rejects.toThrow(
      'This message was deleted.',
    );
  });
});

describe('a menu of a message', () => {
  it('tells what was chosen, and the message remembers it', async () => {
    const { slack, omar, general, message } = await withCard((app) => {
      app.action(/.*/, async ({ ack }) => ack());
    });
    const person = slack.as(omar);
    const overflow = await person.clicks(message, 'more', { value: 'history' });
    expect(overflow.payload['actions']).toMatchObject([
      { type: 'overflow', selected_option: option('history') },
    ]);
    await person.clicks(message, 'level', { value: 'high' });
    const [current] = slack.messages(general);
    if (current === undefined) throw new Error('no message');
    const { payload } = await person.clicks(current, 'note');
    expect(payload['state']).toEqual({
      values: { decide: { level: { type: 'static_select', selected_option: option('high') } } },
    });
  });
});

describe('an ephemeral message', () => {
  it('is shown to one person and can only be changed by a response_url', async () => {
    const { slack, app, lena, omar, general } = await start((bot) => {
      bot.action('approve', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    await app.client.chat.postEphemeral({ channel: general, user: lena, text: 'x', blocks: card });
    expect(slack.messages(general)).toEqual([]);
    expect(slack.ephemerals(omar)).toEqual([]);
    const { payload } = await slack.as(lena).clicks('ephemeral message', 'approve');
    expect(payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(payload).not.toHaveProperty('message');
    await slack.until(() => slack.ephemerals(lena).length === 0, 'the ephemeral message is gone');
  });
});
