import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Chat, ToNotify } from '../../src/chat.js';
import { startSlackSandbox, type SlackSandbox } from '../../src/sandbox/slack/server.js';
import { createBoltLogger } from '../../src/slack/transport/bolt-logger.js';
import { createChat } from '../../src/slack/outbox/chat.js';
import { createSlackHealth } from '../../src/slack/outbox/health.js';
import { createClients } from '../../src/slack/transport/clients.js';
import { createSlackApp, type SlackApp } from '../../src/slack/transport/app.js';
import { readInstallation } from '../../src/slack/transport/installation.js';
import { createAnswerAt } from '../../src/slack/transport/response-url.js';
import { aGrant } from '../builders.js';
import { remember } from './kit/bot.js';
import { createLog, type Written } from './kit/log.js';

let slack: SlackSandbox;
let written: Written;
let bot: SlackApp | null = null;
let chat: Omit<Chat, 'answer'>;
let ann: string;
let desk: string;
let words: string;

const settings = (mode: 'http' | 'socket') => ({
  botToken: slack.botToken,
  mode:
    mode === 'http'
      ? ({ kind: 'http', signingSecret: slack.signingSecret } as const)
      : ({ kind: 'socket', appToken: slack.appToken } as const),
  apiUrl: slack.apiUrl,
});

beforeEach(async () => {
  slack = await startSlackSandbox();
  written = createLog();
  words = 'Lena asks for DataCite.';
  ann = slack.addUser({ name: 'ann', email: 'ann@example.org' }).id;
  desk = slack.addChannel({ name: 'desk', members: [ann, slack.state.app.botUserId] }).id;
  const clients = createClients(settings('http'), createBoltLogger(written.log));
  chat = createChat({
    ...clients,
    render: () => ({
      text: words,
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: words } }],
    }),
    installation: await readInstallation(clients.background),
    health: createSlackHealth(written.log),
    log: written.log,
    now: () => new Date(),
  });
});
afterEach(async () => {
  await bot?.stop({ deadlineMs: 1000 });
  bot = null;
  await slack.stop();
});

const aMessage = (more: Partial<ToNotify> = {}): ToNotify => ({
  message: 'approval',
  trouble: 'request',
  undelivered: null,
  to: desk,
  person: null,
  request: aGrant(),
  posted: null,
  key: 'approval:R-0000000A',
  mayBeThere: false,
  since: new Date(),
  ...more,
});

describe.each(['http', 'socket'] as const)('the transport in %s mode', (mode) => {
  const start = async (listen: (app: SlackApp['app']) => void = () => undefined): Promise<void> => {
    const { background } = createClients(settings(mode), createBoltLogger(written.log));
    bot = createSlackApp({
      config: { slack: settings(mode), listen: { host: '127.0.0.1', port: 0 } },
      installation: await readInstallation(background),
      deliveries: remember(),
      log: written.log,
      now: () => new Date(),
      newSupportId: () => 'SUPPORT1',
    });
    listen(bot.app);
    await bot.start();
    const port = bot.port();
    slack.setRequestUrl(port === null ? null : `http://127.0.0.1:${port}/slack/events`);
  };

  it('answers a command in time and afterwards at its response_url', async () => {
    const answerAt = createAnswerAt({ slack: { apiUrl: slack.apiUrl }, log: written.log });
    await start((app) => {
      app.command('/handle', async ({ ack, body }) => {
        await ack();
        await answerAt(body.response_url, { text: 'Done.', blocks: [] });
      });
    });
    expect(await slack.as(ann).types('/handle help')).toMatchObject({
      outcome: 'ok',
      transport: mode,
    });
    await slack.until(() => slack.ephemerals(ann).length === 1, 'an answer');
    expect(slack.ephemerals(ann)).toMatchObject([{ text: 'Done.' }]);
  });

  it('answers a command that it does not know', async () => {
    await start();
    expect(await slack.as(ann).types('/handel')).toMatchObject({ outcome: 'ok' });
    expect(slack.ephemerals(ann)).toMatchObject([
      { text: 'I do not know /handel. Try `/handle help`.' },
    ]);
  });

  it('replaces a form whose listener failed by one with the support id', async () => {
    await start((app) => {
      app.command('/handle', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'form',
            title: { type: 'plain_text', text: 'Form' },
            submit: { type: 'plain_text', text: 'Send' },
            blocks: [{ type: 'divider' }],
          },
        });
      });
      app.view('form', () => Promise.reject(new Error('broken')));
    });
    const person = slack.as(ann);
    await person.types('/handle');
    await slack.until(() => person.modal !== null, 'a form');
    expect(await person.submits()).toMatchObject({ outcome: 'ok' });
    expect(JSON.stringify(person.modal)).toContain('the support id SUPPORT1');
  });

  it('is not run a second time by a redelivery', async () => {
    const ran: string[] = [];
    await start((app) => {
      app.event('app_mention', ({ event }) => {
        ran.push(event.text);
        return Promise.resolve();
      });
    });
    const delivery = await slack.as(ann).mentionsBot('hello', desk);
    expect(await slack.redeliver(delivery)).toMatchObject({ outcome: 'ok' });
    await bot?.stop({ deadlineMs: 2000 });
    expect(ran).toHaveLength(1);
  });
});

describe('a message', () => {
  it.each([
    { kind: 'commit-then-reset', when: 'after Slack carried it out' },
    { kind: 'reset', when: 'before' },
  ] as const)('is there once although the connection was cut $when', async ({ kind }) => {
    slack.faults.add({ kind, method: 'chat.postMessage' });
    await expect(chat.notify(aMessage())).rejects.toMatchObject({ kind: 'unknown' });
    const posted = await chat.notify(aMessage({ mayBeThere: true }));
    expect(slack.messages(desk)).toMatchObject([{ ts: posted?.ts, text: words }]);
  });

  it('is found behind 250 newer ones', async () => {
    slack.faults.add({ kind: 'commit-then-reset', method: 'chat.postMessage' });
    await expect(chat.notify(aMessage())).rejects.toMatchObject({ kind: 'unknown' });
    for (let n = 0; n < 250; n += 1) await slack.as(ann).types(`chatter ${n}`, { channel: desk });
    await chat.notify(aMessage({ mayBeThere: true }));
    expect(slack.messages(desk).filter(({ text }) => text === words)).toHaveLength(1);
  });

  it('to a person is there once too', async () => {
    slack.faults.add({ kind: 'commit-then-reset', method: 'chat.postMessage' });
    await expect(chat.notify(aMessage({ to: ann }))).rejects.toMatchObject({ kind: 'unknown' });
    await chat.notify(aMessage({ to: ann, mayBeThere: true }));
    expect(slack.directMessages(ann)).toMatchObject([{ text: words }]);
  });

  it('is edited in place', async () => {
    const posted = await chat.notify(aMessage());
    words = 'Granted.';
    await chat.notify(aMessage({ posted }));
    expect(slack.messages(desk)).toMatchObject([{ ts: posted?.ts, text: 'Granted.' }]);
  });

  it('fails for good in an archived channel and where the bot is not', async () => {
    slack.changeChannel(desk, { members: [ann] });
    await expect(chat.notify(aMessage())).rejects.toMatchObject({
      kind: 'never',
      code: 'not_in_channel',
    });
    await expect(chat.notify(aMessage({ to: 'C0NOWHERE' }))).rejects.toMatchObject({
      kind: 'never',
      code: 'channel_not_found',
    });
  });
});

describe('people', () => {
  it('are what Slack says they are', async () => {
    expect(await chat.profile(ann)).toMatchObject({ standing: 'member', email: 'ann@example.org' });
    slack.changeUser(ann, { is_restricted: true });
    expect(await chat.profile(ann, { fresh: true })).toMatchObject({ standing: 'guest' });
    slack.changeUser(ann, { deleted: true });
    expect(await chat.profile(ann, { fresh: true })).toMatchObject({ standing: 'deactivated' });
    expect(await chat.profile('U0NOBODY')).toBeNull();
  });

  it('are in the groups that Slack says they are in', async () => {
    const group = slack.addUsergroup({ handle: 'curators', users: [ann] });
    expect(await chat.groupMembers(group.id)).toEqual({ users: [ann], unreadable: null });
    expect(await chat.groupMembers('S0NOBODY')).toEqual({
      users: [],
      unreadable: 'no_such_subteam',
    });
  });
});
