import { afterEach, describe, expect, it } from '@jest/globals';
import { withHttpBot, type Running } from './a-bot.js';

let running: Running | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
});

async function start(...args: Parameters<typeof withHttpBot>): Promise<Running> {
  running = await withHttpBot(...args);
  return running;
}

const manifest = {
  display_information: { name: 'desk' },
  features: {
    slash_commands: [
      { command: '/handle', description: 'x', should_escape: true },
      { command: '/raw', description: 'x' },
    ],
  },
};

describe('a command', () => {
  it('reaches the bot with names made references, and its answer is only for who typed it', async () => {
    const { slack, lena, omar, general } = await start(
      (app) => {
        app.command('/handle', async ({ ack, command }) => {
          await ack(`you said: ${command.text}`);
        });
      },
      { manifest },
    );
    const team = slack.addUsergroup({ handle: 'curators', users: [omar] });
    const delivery = await slack
      .as(lena)
      .types('/handle request @omar #general @curators a<b & https://x.org/?q=1');
    const text = `request <@${omar}|omar> <#${general}|general> <!subteam^${team.id}|@curators> a&lt;b &amp; <https://x.org/?q=1>`;
    expect(delivery).toMatchObject({ kind: 'command', outcome: 'ok', status: 200, user: lena });
    expect(delivery.payload).toMatchObject({
      command: '/handle',
      text,
      channel_id: general,
      channel_name: 'general',
      user_id: lena,
      user_name: 'lena',
      is_enterprise_install: 'false',
      team_id: slack.state.team.id,
      api_app_id: slack.state.app.id,
    });
    expect(Object.keys(delivery.payload)).not.toContain('name');
    expect(slack.ephemerals(lena).map((message) => message.text)).toEqual([`you said: ${text}`]);
    expect(slack.ephemerals(omar)).toEqual([]);
  });

  it('keeps its text as typed where the manifest does not ask for escaping', async () => {
    const { slack, lena } = await start(
      (app) => {
        app.command('/raw', async ({ ack }) => ack());
      },
      { manifest },
    );
    const { payload } = await slack.as(lena).types('/raw @omar a<b');
    expect(payload['text']).toBe('@omar a<b');
  });

  it('that the manifest does not have is not delivered', async () => {
    const { slack, lena } = await start(() => undefined, { manifest });
    const person = slack.as(lena);
    const delivery = await person.types('/handel request');
    expect(delivery).toMatchObject({
      outcome: 'not_delivered',
      transport: 'none',
      why: 'no such command in the manifest',
    });
    expect(person.trouble).toBe('/handel is not a valid command.');
  });

  it('that is not acknowledged in time has timed out, and the person is told', async () => {
    const { slack, lena } = await start(
      (app) => {
        app.command('/slow', () => new Promise(() => undefined));
      },
      { ackDeadline: 50 },
    );
    const person = slack.as(lena);
    expect(await person.types('/slow')).toMatchObject({
      outcome: 'operation_timeout',
      status: null,
    });
    expect(person.trouble).toBe('/slow failed with the error "operation_timeout"');
    expect(slack.ephemerals(lena).map(({ user, text }) => [user, text])).toEqual([
      ['USLACKBOT', '/slow failed with the error "operation_timeout"'],
    ]);
  });

  it('fails when the bot answers with an error, and when nobody listens', async () => {
    const { slack, lena } = await start((app) => {
      app.command('/broken', () => Promise.reject(new Error('broken')));
    });
    expect(await slack.as(lena).types('/broken')).toMatchObject({
      outcome: 'dispatch_failed',
      status: 500,
      why: 'the bot answered 500',
    });
    expect(slack.as(lena).trouble).toBe('/broken failed with the error "dispatch_failed"');
    slack.setRequestUrl('http://127.0.0.1:9/slack/events');
    expect(await slack.as(lena).types('/gone')).toMatchObject({ outcome: 'dispatch_failed' });
    slack.setRequestUrl(null);
    expect(await slack.as(lena).types('/gone')).toMatchObject({
      outcome: 'dispatch_failed',
      why: 'nobody is connected',
    });
  });

  it('is refused with an answer that has blocks Slack does not take', async () => {
    const { slack, lena } = await start((app) => {
      app.command('/bad', async ({ ack }) => {
        await ack({
          text: 'x',
          blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }],
        });
      });
    });
    expect(await slack.as(lena).types('/bad')).toMatchObject({
      outcome: 'invalid_ack',
      why: 'invalid_blocks: must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    });
    expect(slack.ephemerals(lena).filter((message) => message.bot_id !== undefined)).toEqual([]);
  });

  it('cannot be typed by somebody deactivated', async () => {
    const { slack, lena } = await start(() => undefined);
    slack.changeUser(lena, { deleted: true });
    await expect(slack.as(lena).types('/x')).rejects.toThrow('lena is deactivated.');
  });
});

describe('a response_url', () => {
  it('can be used five times in half an hour, and in a channel the bot is not in', async () => {
    let now = Date.now();
    const { slack, lena } = await start(
      (app) => {
        app.command('/say', async ({ ack }) => ack());
      },
      { now: () => new Date(now) },
    );
    const elsewhere = slack.addChannel({ name: 'elsewhere', members: [lena] });
    const say = async (url: unknown, body: object) => {
      const answer = await fetch(String(url), { method: 'POST', body: JSON.stringify(body) });
      return `${answer.status} ${await answer.text()}`;
    };
    const typed = await slack.as(lena).types('/say', { channel: elsewhere.id });
    const url = typed.payload['response_url'];
    expect(await say(url, { text: 'all', response_type: 'in_channel' })).toBe('200 ok');
    expect(slack.messages(elsewhere.id).map((message) => message.text)).toEqual(['all']);
    expect(await say(url, {})).toBe('400 no_text');
    for (const text of ['1', '2', '3', '4']) expect(await say(url, { text })).toBe('200 ok');
    expect(await say(url, { text: '5' })).toBe('404 used_url');
    expect(slack.ephemerals(lena).map((message) => message.text)).toEqual(['1', '2', '3', '4']);

    const later = (await slack.as(lena).types('/say')).payload['response_url'];
    now += 30 * 60 * 1000 + 1;
    expect(await say(later, { text: 'late' })).toBe('404 expired_url');
  });
});

describe('the wire', () => {
  it('carries exactly the bare content type and a signature over the raw body', async () => {
    const { slack, lena } = await start((app) => {
      app.command('/x', async ({ ack }) => ack());
    });
    const { request } = await slack.as(lena).types('/x');
    expect(request?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    });
    expect(request?.headers['x-slack-signature']).toMatch(/^v0=[0-9a-f]{64}$/);
  });

  it('can send the same request again, or spoilt', async () => {
    const seen: string[] = [];
    const { slack, lena } = await start((app) => {
      app.command('/x', async ({ ack, command }) => {
        seen.push(command.trigger_id);
        await ack();
      });
    });
    const sent = await slack.as(lena).types('/x');
    const again = await slack.redeliver(sent);
    expect(again.request).toEqual(sent.request);
    expect(seen).toEqual([sent.payload['trigger_id'], sent.payload['trigger_id']]);

    const outcome = async (tamper: Parameters<typeof slack.redeliver>[1]) =>
      (await slack.redeliver(sent, tamper)).status;
    expect(await outcome({ signature: 'wrong' })).toBe(401);
    expect(await outcome({ signature: 'missing' })).toBe(401);
    expect(await outcome({ skew: -301 })).toBe(401);
    expect(await outcome({ skew: -200 })).toBe(200);
    expect(await outcome({ contentType: 'application/x-www-form-urlencoded; charset=utf-8' })).toBe(
      400,
    );
    expect(await outcome({ padTo: 100_000 })).toBe(200);
    expect(await outcome({ padTo: 5_000_000 })).toBe(413);
    expect(seen).toHaveLength(4);
  });
});
