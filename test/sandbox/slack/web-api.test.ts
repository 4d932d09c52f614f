import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startSlackSandbox,
  type SlackSandbox,
  type SlackSandboxOptions,
} from '../../../src/sandbox/slack/server.js';
import { modal, part, plain, textInput } from './views.js';

let slack: SlackSandbox;
let lena: string;
let general: string;

async function start(options: SlackSandboxOptions = {}): Promise<void> {
  slack = await startSlackSandbox(options);
  lena = slack.addUser({ name: 'lena' }).id;
  const { botUserId } = slack.state.app;
  general = slack.addChannel({ name: 'general', members: [lena, botUserId] }).id;
}

beforeEach(() => start());
afterEach(() => slack.stop());

async function post(method: string, args: Readonly<Record<string, unknown>>, token: string | null) {
  const fields = Object.entries(args).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return fetch(slack.apiUrl + method, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
}

async function call(method: string, args: Readonly<Record<string, unknown>> = {}) {
  const body: unknown = await (await post(method, args, slack.botToken)).json();
  if (typeof body !== 'object' || body === null) throw new Error('no JSON object');
  return new Map<string, unknown>(Object.entries(body));
}

const errorOf = async (method: string, args: Readonly<Record<string, unknown>> = {}) =>
  (await call(method, args)).get('error');

/** A trigger, as a command makes one, although nobody listens. */
async function trigger(): Promise<unknown> {
  return (await slack.as(lena).types('/x')).payload['trigger_id'];
}

describe('every method', () => {
  it('needs a token of the right kind, and has a name Slack knows', async () => {
    const error = async (method: string, token: string | null) => {
      const response = await post(method, {}, token);
      return [response.status, await response.json()];
    };
    expect(await error('auth.test', null)).toEqual([200, { ok: false, error: 'not_authed' }]);
    expect(await error('auth.test', 'xoxb-no')).toEqual([
      200,
      { ok: false, error: 'invalid_auth' },
    ]);
    expect(await error('users.list', slack.appToken)).toMatchObject([
      200,
      { error: 'not_allowed_token_type' },
    ]);
    expect(await error('apps.connections.open', slack.botToken)).toMatchObject([
      200,
      { error: 'not_allowed_token_type' },
    ]);
    expect(await error('users.fire', slack.botToken)).toMatchObject([
      200,
      { error: 'unknown_method' },
    ]);
    const [, identity] = await error('auth.test', slack.botToken);
    const { team, app } = slack.state;
    expect(identity).toMatchObject({
      ok: true,
      team_id: team.id,
      user_id: app.botUserId,
      bot_id: app.botId,
    });
    const form = new URLSearchParams({ token: slack.botToken });
    const inForm = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', body: form });
    expect(await inForm.json()).toMatchObject({ ok: true });
  });

  it('is recorded without the token', async () => {
    await call('chat.postMessage', { channel: general, text: 'x', token: slack.botToken });
    expect(slack.calls).toMatchObject([
      { seq: 1, method: 'chat.postMessage', token: 'bot', ok: true, error: null, status: 200 },
    ]);
    expect(slack.calls[0]?.args).toEqual({ channel: general, text: 'x' });
  });

  it('needs its scope, and says which it is', async () => {
    await slack.stop();
    await start({ scopes: ['chat:write', 'users:read'] });
    const response = await post('usergroups.list', {}, slack.botToken);
    expect(response.headers.get('x-oauth-scopes')).toBe('chat:write,users:read');
    expect(await response.json()).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'usergroups:read',
      provided: 'chat:write,users:read',
    });
    expect(await errorOf('conversations.members', { channel: general })).toBe('missing_scope');
    const info = await call('users.info', { user: lena });
    expect(JSON.stringify(info.get('user'))).not.toContain('@example.org');
  });
});

describe('chat.postMessage', () => {
  it('goes to a channel, a name or a person', async () => {
    await call('chat.postMessage', { channel: '#general', text: '1' });
    await call('chat.postMessage', { channel: lena, text: '2' });
    expect(slack.messages(general).map(({ text }) => text)).toEqual(['1']);
    expect(slack.directMessages(lena).map(({ text }) => text)).toEqual(['2']);
  });

  it('is refused in Slack\u2019s words', async () => {
    const to = (channel: string, more: Readonly<Record<string, unknown>> = { text: 'x' }) =>
      errorOf('chat.postMessage', { channel, ...more });
    const away = slack.addChannel({ name: 'away' });
    const secret = slack.addChannel({ name: 'secret', kind: 'private' });
    const gone = slack.addUser({ name: 'gone', deleted: true });
    expect(await to('C404')).toBe('channel_not_found');
    expect(await to(away.id)).toBe('not_in_channel');
    expect(await to(secret.id)).toBe('channel_not_found');
    expect(await to(gone.id)).toBe('channel_not_found');
    slack.changeChannel(general, { archived: true });
    expect(await to(general)).toBe('is_archived');
    slack.changeChannel(general, { archived: false });
    expect(await to(general, {})).toBe('no_text');
    expect(await to(general, { blocks: '[{' })).toBe('invalid_blocks_format');
    expect(await to(general, { text: 'x', metadata: '[]' })).toBe('invalid_metadata_format');
    expect(await to(general, { text: 'x', metadata: { event_type: 'x' } })).toBe(
      'invalid_metadata_schema',
    );
    const event_payload = { x: 'x'.repeat(16_000) };
    expect(await to(general, { text: 'x', metadata: { event_type: 'x', event_payload } })).toBe(
      'metadata_too_large',
    );
    expect(await to(general, { attachments: Array(101).fill({ text: 'x' }) })).toBe(
      'too_many_attachments',
    );
    expect(await to(general, { text: 'x', markdown_text: 'x' })).toBe('markdown_text_conflict');
    const long = { type: 'section', text: plain('x'.repeat(2900)) };
    expect(await to(general, { blocks: Array(5).fill(long) })).toBe('msg_blocks_too_long');
    expect(
      await call('chat.postMessage', { channel: general, blocks: [{ type: 'sections' }] }),
    ).toEqual(
      new Map<string, unknown>([
        ['ok', false],
        ['error', 'invalid_blocks'],
        ['errors', ['unsupported type: sections [json-pointer:/blocks/0/type]']],
        [
          'response_metadata',
          { messages: ['[ERROR] unsupported type: sections [json-pointer:/blocks/0/type]'] },
        ],
      ]),
    );
    expect(slack.messages(general)).toEqual([]);
  });

  it('cuts text over 40 000 characters, with a warning; chat.update refuses more than 4 000', async () => {
    const text = '🙂'.repeat(40_001);
    const posted = await call('chat.postMessage', { channel: general, text });
    expect(posted.get('warning')).toBe('message_truncated');
    expect(Array.from(slack.messages(general)[0]?.text ?? '')).toHaveLength(40_000);
    const ts = posted.get('ts');
    const update = (length: number) =>
      errorOf('chat.update', { channel: general, ts, text: 'x'.repeat(length) });
    expect(await update(4001)).toBe('msg_too_long');
    expect(await update(4000)).toBeUndefined();
  });

  it('knows a client_msg_id again only when told to', async () => {
    const args = { channel: general, text: 'x', client_msg_id: 'one' };
    await call('chat.postMessage', args);
    await call('chat.postMessage', args);
    expect(slack.messages(general)).toHaveLength(2);
    slack.dedupeClientMsgId = true;
    expect((await call('chat.postMessage', args)).get('is_duplicate')).toBe(true);
    expect(slack.messages(general)).toHaveLength(2);
  });

  it('takes one message a second when the limit is on', async () => {
    await slack.stop();
    let now = Date.now();
    await start({ strictRateLimit: true, now: () => new Date(now) });
    const send = () => post('chat.postMessage', { channel: general, text: 'x' }, slack.botToken);
    expect((await send()).status).toBe(200);
    const limited = await send();
    expect([limited.status, limited.headers.get('retry-after'), await limited.json()]).toEqual([
      429,
      '1',
      { ok: false, error: 'ratelimited' },
    ]);
    now += 1000;
    expect((await send()).status).toBe(200);
  });
});

describe('a posted message', () => {
  it('is updated, linked, read and deleted', async () => {
    const metadata = { event_type: 'request', event_payload: { id: 'r1' } };
    const blocks = [{ type: 'section', block_id: 's', text: plain('x') }];
    const posted = await call('chat.postMessage', {
      channel: general,
      text: 'x',
      blocks,
      metadata,
    });
    const at = { channel: general, ts: posted.get('ts') };
    // Blocks that are not sent stay; only an empty list takes them away.
    await call('chat.update', { ...at, text: 'y' });
    expect(slack.messages(general)[0]).toMatchObject({ text: 'y', blocks, metadata });
    await call('chat.update', { ...at, text: 'z', blocks: [] });
    expect(slack.messages(general)[0]).toMatchObject({ text: 'z', blocks: [] });
    const link = await call('chat.getPermalink', { channel: general, message_ts: at.ts });
    expect(link.get('permalink')).toBe(
      `https://sandbox.slack.com/archives/${general}/p${String(at.ts).replace('.', '')}`,
    );
    const history = async (more: object) =>
      (await call('conversations.history', { channel: general, ...more })).get('messages');
    expect(await history({})).not.toMatchObject([{ metadata }]);
    expect(await history({ include_all_metadata: true })).toMatchObject([{ text: 'z', metadata }]);
    expect(await history({ oldest: String(at.ts) })).toEqual([]);
    expect(await history({ oldest: String(at.ts), inclusive: true })).toHaveLength(1);
    expect(await errorOf('chat.delete', at)).toBeUndefined();
    expect(await errorOf('chat.delete', at)).toBe('message_not_found');
  });

  it('of a person is not the bot\u2019s to change', async () => {
    await slack.as(lena).types('hello', { channel: general });
    const ts = slack.messages(general)[0]?.ts;
    expect(await errorOf('chat.update', { channel: general, ts, text: 'x' })).toBe(
      'cant_update_message',
    );
    expect(await errorOf('chat.delete', { channel: general, ts })).toBe('cant_delete_message');
  });
});

describe('conversations and people', () => {
  it('are read page by page', async () => {
    for (const name of ['a', 'b', 'c']) slack.addUser({ name });
    const names: unknown[] = [];
    let cursor = '';
    do {
      const page = await call('users.list', { limit: 2, cursor });
      names.push(page.get('members'));
      cursor = String(part(page.get('response_metadata'), 'next_cursor'));
    } while (cursor !== '');
    expect(names).toMatchObject([
      [{ name: 'bot' }, { name: 'lena' }],
      [{ name: 'a' }, { name: 'b' }],
      [{ name: 'c' }],
    ]);
    expect(await errorOf('users.list', { cursor: 'x' })).toBe('invalid_cursor');
    expect(await errorOf('users.list', { limit: 1001 })).toBe('invalid_limit');
  });

  it('have errors of their own', async () => {
    const guest = slack.addUser({ name: 'guest', is_restricted: true, email: 'G@x.org' });
    slack.addUser({ name: 'stranger', team_id: 'T0OTHER', id: 'U0STRANGER' });
    expect((await call('users.info', { user: guest.id })).get('user')).toMatchObject({
      is_restricted: true,
      profile: { email: 'G@x.org' },
    });
    expect((await call('users.info', { user: 'U0STRANGER' })).get('user')).toMatchObject({
      team_id: 'T0OTHER',
      is_stranger: true,
    });
    expect(await errorOf('users.info', { user: 'U404' })).toBe('user_not_found');
    expect(await errorOf('users.info')).toBe('invalid_arguments');
    expect((await call('users.lookupByEmail', { email: 'g@X.org' })).get('user')).toMatchObject({
      id: guest.id,
    });
    slack.changeUser(guest.id, { deleted: true });
    expect(await errorOf('users.lookupByEmail', { email: 'g@x.org' })).toBe('users_not_found');
    expect(await errorOf('conversations.open', { users: guest.id })).toBe('user_disabled');
    expect(await errorOf('conversations.open', { users: 'U404' })).toBe('user_not_found');
    expect(await errorOf('conversations.info', { channel: 'C404' })).toBe('channel_not_found');
    expect(await errorOf('usergroups.users.list', { usergroup: 'S404' })).toBe('no_such_subteam');
    const ephemeral = { channel: general, user: guest.id, text: 'x' };
    expect(await errorOf('chat.postEphemeral', ephemeral)).toBe('user_not_in_channel');
  });

  it('are listed by kind', async () => {
    const away = slack.addChannel({ name: 'away', archived: true });
    slack.addChannel({ name: 'secret', kind: 'private' });
    const ids = async (args: object) =>
      JSON.stringify((await call('conversations.list', { ...args })).get('channels'));
    expect(await ids({})).toContain(away.id);
    expect(await ids({ exclude_archived: true })).not.toContain(away.id);
    expect(await ids({ types: 'private_channel' })).toBe('[]');
    expect((await call('conversations.join', { channel: general })).get('warning')).toBe(
      'already_in_channel',
    );
    const open = slack.addChannel({ name: 'open' });
    await call('conversations.join', { channel: open.id });
    const members = await call('conversations.members', { channel: open.id });
    expect(members.get('members')).toEqual([slack.state.app.botUserId]);
    const group = slack.addUsergroup({ handle: 'curators', users: [lena] });
    const groups = await call('usergroups.list', { include_users: true });
    expect(groups.get('usergroups')).toMatchObject([{ id: group.id, users: [lena] }]);
    expect((await call('usergroups.users.list', { usergroup: group.id })).get('users')).toEqual([
      lena,
    ]);
  });
});

describe('views.open', () => {
  const view = modal('form', [textInput('a')], { external_id: 'one' });

  it('uses a trigger once and soon', async () => {
    let now = Date.now();
    await slack.stop();
    await start({ now: () => new Date(now) });
    const once = await trigger();
    expect(await errorOf('views.open', { trigger_id: once, view })).toBeUndefined();
    expect(
      await errorOf('views.open', { trigger_id: once, view: modal('b', [{ type: 'divider' }]) }),
    ).toBe('exchanged_trigger_id');
    expect(
      await errorOf('views.open', { trigger_id: 'x', view: modal('b', [{ type: 'divider' }]) }),
    ).toBe('invalid_trigger_id');
    const late = await trigger();
    now += 3001;
    expect(
      await errorOf('views.open', { trigger_id: late, view: modal('b', [{ type: 'divider' }]) }),
    ).toBe('expired_trigger_id');
    slack.deadlines.trigger = 60_000;
    expect(
      await errorOf('views.open', { trigger_id: late, view: modal('b', [{ type: 'divider' }]) }),
    ).toBeUndefined();
  });

  it('refuses a taken external_id, too large a view, one for Home, and a push without a modal', async () => {
    await call('views.open', { trigger_id: await trigger(), view });
    const other = slack.addUser({ name: 'omar' }).id;
    const theirs = (await slack.as(other).types('/x')).payload['trigger_id'];
    expect(await errorOf('views.open', { trigger_id: theirs, view })).toBe('duplicate_external_id');
    const text = plain('x'.repeat(2900));
    const large = modal(
      'l',
      Array.from({ length: 90 }, () => ({ type: 'section', text })),
    );
    expect(await errorOf('views.open', { trigger_id: theirs, view: large })).toBe('view_too_large');
    const home = { type: 'home', blocks: [] };
    expect(await errorOf('views.open', { trigger_id: theirs, view: home })).toBe(
      'invalid_arguments',
    );
    expect(
      await errorOf('views.push', { trigger_id: theirs, view: modal('p', [{ type: 'divider' }]) }),
    ).toBe('not_found');
    const updated = await call('views.update', {
      external_id: 'one',
      view: modal('new', [{ type: 'divider' }]),
    });
    expect(updated.get('view')).toMatchObject({ callback_id: 'new', state: { values: {} } });
    await slack.as(lena).closes();
    expect(await errorOf('views.update', { external_id: 'one', view })).toBe('not_found');
  });

  it('says what is wrong with a view and where', async () => {
    const wrong = modal('form', [textInput('a', { label: plain('') })]);
    const opened = await call('views.open', { trigger_id: await trigger(), view: wrong });
    expect(opened.get('error')).toBe('invalid_arguments');
    expect(opened.get('response_metadata')).toEqual({
      messages: [
        '[ERROR] failed to match all allowed schemas [json-pointer:/view]',
        '[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/label/text]',
      ],
    });
  });
});

describe('blocks.validate', () => {
  it('judges without doing', async () => {
    expect(await errorOf('blocks.validate', { blocks: [{ type: 'divider' }] })).toBeUndefined();
    expect(
      await errorOf('blocks.validate', { view: modal('x', [{ type: 'divider' }]) }),
    ).toBeUndefined();
    expect(await errorOf('blocks.validate', {})).toBe('invalid_arguments');
    const refused = await call('blocks.validate', { blocks: [{ type: 'nothing' }] });
    expect(refused.get('error')).toBe('invalid_blocks');
    expect(refused.get('errors')).toEqual([
      { code: 'failed_constraint', message: 'unsupported type: nothing', pointer: '/0/type' },
    ]);
  });
});

describe('the state', () => {
  it('goes through JSON into another sandbox', async () => {
    await call('chat.postMessage', { channel: general, text: 'kept' });
    const saved = structuredClone(slack.state);
    expect(JSON.parse(JSON.stringify(saved))).toEqual(saved);
    await slack.stop();
    slack = await startSlackSandbox({ state: saved });
    expect(slack.messages(general).map(({ text }) => text)).toEqual(['kept']);
    await call('chat.postMessage', { channel: general, text: 'new' });
    const stamps = slack.messages(general).map(({ ts }) => ts);
    expect(new Set(stamps).size).toBe(2);
  });
});
