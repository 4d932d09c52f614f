import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startStage, watch, type Stage } from './stage.js';

let stage: Stage;

beforeEach(async () => {
  stage = await startStage();
});

afterEach(async () => {
  await stage.stop();
});

const fine = { ok: true, trouble: null, options: [] };
const refused = (trouble: string) => ({ ok: false, trouble, options: [] });
const text = (words: string) => ({ type: 'plain_text', text: words });

const form = {
  type: 'modal',
  callback_id: 'form:register',
  title: text('Form'),
  submit: text('Send'),
  notify_on_close: true,
  private_metadata: 'CANARY-metadata',
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: text('Name'),
      element: { type: 'plain_text_input', action_id: 'text' },
    },
    {
      type: 'input',
      block_id: 'service',
      label: text('Service'),
      optional: true,
      element: { type: 'external_select', action_id: 'service_pick', min_query_length: 2 },
    },
    {
      type: 'input',
      block_id: 'kind',
      label: text('Kind'),
      optional: true,
      dispatch_action: true,
      element: {
        type: 'static_select',
        action_id: 'kind_pick',
        options: [{ text: text('Doi'), value: 'DOI' }],
      },
    },
  ],
};

const card = {
  channel: 'C0DESK',
  text: 'decide',
  blocks: [
    {
      type: 'actions',
      block_id: 'decide',
      elements: [{ type: 'button', action_id: 'approve', text: text('Approve'), value: 'R-1' }],
    },
  ],
};

/** Lena sends a command and the bot opens the form. */
async function openForm(): Promise<void> {
  await stage.act('U0LENA', { do: 'type', channel: 'C0TEAM', text: '/handle request' });
  const trigger = stage.bot.heard.at(-1)?.['trigger_id'];
  await stage.bot.call('views.open', { trigger_id: trigger, view: form });
}

describe('typing', () => {
  it('sends a command to the bot, with mentions as Slack writes them', async () => {
    const done = await stage.act('U0LENA', {
      do: 'type',
      channel: 'C0TEAM',
      text: '/handle-grant @tom',
    });
    expect(done).toEqual(fine);
    expect(stage.bot.heard[0]).toMatchObject({
      command: '/handle-grant',
      text: '<@U0TOM|tom>',
      user_id: 'U0LENA',
    });
  });

  it('sends what is written to the bot alone', async () => {
    await stage.act('U0LENA', { do: 'messages' });
    const [direct] = Object.values(stage.slack.state.channels).filter(({ kind }) => kind === 'im');
    const done = await stage.act('U0LENA', {
      do: 'type',
      channel: direct?.id ?? '',
      text: 'what do I have?',
    });
    expect(done).toEqual(fine);
    expect(stage.bot.heard.at(-1)).toMatchObject({
      event: { type: 'message', channel_type: 'im', text: 'what do I have?', user: 'U0LENA' },
    });
  });

  it('shows Slackbot’s words when the bot fails, and returns them', async () => {
    stage.bot.answer('/handle', 500);
    const done = await stage.act('U0LENA', { do: 'type', channel: 'C0TEAM', text: '/handle' });
    const trouble = '/handle failed with the error "dispatch_failed"';
    expect(done).toEqual(refused(trouble));
    expect(stage.slack.ephemerals('U0LENA').map((message) => message.text)).toEqual([trouble]);
  });

  it('says so when there is no such command', async () => {
    const done = await stage.act('U0LENA', { do: 'type', channel: 'C0TEAM', text: '/hanlde' });
    expect(done).toEqual(refused('/hanlde is not a valid command.'));
  });

  it('posts messages, also into a thread, and none where one is not', async () => {
    expect(await stage.act('U0LENA', { do: 'type', channel: 'C0TEAM', text: 'hi' })).toEqual(fine);
    const [first] = stage.slack.messages('C0TEAM');
    await stage.act('U0TOM', { do: 'type', channel: 'C0TEAM', text: 'ho', thread: first?.ts });
    expect(stage.slack.messages('C0TEAM').map((message) => message.thread_ts)).toEqual([
      undefined,
      first?.ts,
    ]);
    expect(await stage.act('U0GWEN', { do: 'type', channel: 'C0DESK', text: 'hi' })).toEqual(
      refused('U0GWEN is not in #pid-desk.'),
    );
  });
});

describe('a form', () => {
  it('is filled, searched in and submitted; errors come back under their fields', async () => {
    await openForm();
    await stage.act('U0LENA', { do: 'fill', values: { name: 'kept' } });
    stage.bot.answer('block_suggestion', { options: [{ text: text('DataCite'), value: 'S1' }] });
    const search = { do: 'search', on: 'modal', action: 'service_pick', text: 'da' };
    expect(await stage.act('U0LENA', search)).toEqual({
      ...fine,
      options: [{ text: text('DataCite'), value: 'S1' }],
    });
    stage.bot.answer('view_submission', {
      response_action: 'errors',
      errors: { name: 'Taken already.' },
    });
    const screen = await watch(stage, 'U0LENA');
    await stage.act('U0LENA', { do: 'submit', values: { service: 'S1' } });
    await screen.until('slack', (json) => json.includes('"errors":{"name":"Taken already."}'));
    expect(JSON.stringify(stage.bot.heard.at(-1))).toContain('"value":"kept"');
    expect(JSON.stringify(stage.bot.heard.at(-1))).toContain('"value":"S1"');
    screen.close();
  });

  it('asks nobody for fewer letters than it needs, whatever went wrong before', async () => {
    stage.bot.answer('/handle', 500);
    await stage.act('U0LENA', { do: 'type', channel: 'C0TEAM', text: '/handle' });
    stage.bot.answer('/handle', 200);
    await openForm();
    const heard = stage.bot.heard.length;
    const search = { do: 'search', on: 'modal', action: 'service_pick', text: 'd' };
    expect(await stage.act('U0LENA', search)).toEqual(fine);
    expect(stage.bot.heard).toHaveLength(heard);
  });

  it('tells the bot a choice at once where the form is to be drawn anew', async () => {
    await openForm();
    const pick = { do: 'click', on: 'modal', block: 'kind', action: 'kind_pick', value: 'DOI' };
    expect(await stage.act('U0LENA', pick)).toEqual(fine);
    expect(JSON.stringify(stage.bot.heard.at(-1)?.['actions'])).toContain('"value":"DOI"');
  });

  it('stays open with Slack’s words when the bot does not answer well', async () => {
    await openForm();
    stage.bot.answer('view_submission', 500);
    expect(await stage.act('U0LENA', { do: 'submit', values: { name: 'x' } })).toEqual(
      refused('We had some trouble connecting. Try again?'),
    );
    expect(stage.slack.as('U0LENA').modal?.title?.text).toBe('Form');
  });

  it('is closed without a question, and the bot is told', async () => {
    await openForm();
    expect(await stage.act('U0LENA', { do: 'close', all: false })).toEqual(fine);
    expect(stage.slack.as('U0LENA').modal).toBeNull();
    expect(stage.bot.heard.at(-1)?.['type']).toBe('view_closed');
    expect(await stage.act('U0LENA', { do: 'close', all: false })).toEqual(
      refused('U0LENA has no modal open.'),
    );
  });

  it('takes Onedata’s example as far as it has the fields', async () => {
    await openForm();
    expect(await stage.act('U0LENA', { do: 'example' })).toEqual(fine);
    expect(stage.slack.as('U0LENA').modal?.values['name']?.['text']).toEqual({
      type: 'plain_text_input',
      value: 'MyCommunity Handle service',
    });
  });
});

describe('a click', () => {
  it('means the message as it was on the screen, also when it has changed meanwhile', async () => {
    const screen = await watch(stage, 'U0CORA');
    await stage.bot.call('chat.postMessage', card);
    await screen.until('slack', (json) => json.includes('"approve"'));
    const [seen] = stage.slack.messages('C0DESK');
    const { ts = '' } = seen ?? {};
    const without = { channel: 'C0DESK', ts, text: 'decided', blocks: [] };
    await stage.bot.call('chat.update', without);
    const on = { channel: 'C0DESK', ts, edited: null };
    const click = { do: 'click', on, block: 'decide', action: 'approve', value: 'R-1' };
    expect(await stage.act('U0CORA', click)).toEqual(fine);
    expect(stage.bot.heard.at(-1)).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0CORA' },
      actions: [{ action_id: 'approve', value: 'R-1' }],
    });
    screen.close();
  });

  it('on what is gone or hidden is refused in words', async () => {
    await stage.bot.call('chat.postMessage', { ...card, channel: 'C0DESK' });
    const ts = stage.slack.messages('C0DESK')[0]?.ts ?? '';
    const on = { channel: 'C0DESK', ts, edited: null };
    const click = { do: 'click', on, block: 'decide', action: 'no_such' };
    expect(await stage.act('U0CORA', click)).toEqual(
      refused('There is no no_such here; there is: approve.'),
    );
    const gone = { ...click, on: { ...on, ts: '1.1' } };
    expect(await stage.act('U0CORA', gone)).toEqual(refused('This message was deleted.'));
    expect(await stage.act('U0MALLORY', click)).toEqual(refused('There is no such person.'));
  });

  it('shows trouble when the bot fails', async () => {
    stage.bot.answer('block_actions', 500);
    await stage.bot.call('chat.postMessage', card);
    const ts = stage.slack.messages('C0DESK')[0]?.ts ?? '';
    const on = { channel: 'C0DESK', ts, edited: null };
    const click = { do: 'click', on, block: 'decide', action: 'approve' };
    expect(await stage.act('U0CORA', click)).toEqual(
      refused('Something went wrong with this. Try again?'),
    );
  });
});

describe('the app', () => {
  it('hears of its Home tab, its messages and its shortcuts', async () => {
    await stage.act('U0LENA', { do: 'home' });
    await stage.act('U0LENA', { do: 'messages' });
    await stage.act('U0LENA', { do: 'shortcut', id: 'request_access' });
    const [home, messages, shortcut] = stage.bot.heard;
    expect(home?.['event']).toMatchObject({ type: 'app_home_opened', tab: 'home' });
    expect(messages?.['event']).toMatchObject({ type: 'app_home_opened', tab: 'messages' });
    expect(shortcut).toMatchObject({ type: 'shortcut', callback_id: 'request_access' });
  });
});
