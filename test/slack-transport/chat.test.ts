import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Chat, Posted, Profile, ToNotify } from '../../src/chat.js';
import { createBoltLogger } from '../../src/slack/transport/bolt-logger.js';
import { toChatError } from '../../src/slack/transport/chat-error.js';
import { createChat } from '../../src/slack/outbox/chat.js';
import { createSlackHealth, type SlackHealth } from '../../src/slack/outbox/health.js';
import { createClients } from '../../src/slack/transport/clients.js';
import { aGrant } from '../builders.js';
import {
  dropped,
  html,
  limited,
  startFakeSlack,
  status,
  type FakeSlack,
} from './kit/fake-slack.js';
import { createLog, type Written } from './kit/log.js';

let slack: FakeSlack;
let log: Written;
let chat: Omit<Chat, 'answer'>;
let health: SlackHealth;
let clock: Date;
/** What the messages say at the moment; null: nothing. */
let words: string | null;

beforeEach(async () => {
  slack = await startFakeSlack();
  log = createLog();
  clock = new Date('2026-03-01T12:00:00Z');
  words = 'first words';
  health = createSlackHealth(log.log);
  const config = {
    botToken: 'xoxb-1',
    mode: { kind: 'http', signingSecret: 's' },
    apiUrl: slack.apiUrl,
  } as const;
  chat = createChat({
    ...createClients(config, createBoltLogger(log.log)),
    render: () => (words === null ? null : { text: words, blocks: [{ type: 'divider' }] }),
    installation: { teamId: 'T0TEAM', botUserId: 'U0BOT' },
    health,
    log: log.log,
    now: () => clock,
  });
});
afterEach(() => slack.close());

const later = (ms: number): void => {
  clock = new Date(clock.getTime() + ms);
};

const user = (more: object = {}) => ({
  ok: true,
  user: {
    id: 'U0ANN',
    team_id: 'T0TEAM',
    name: 'ann',
    deleted: false,
    is_bot: false,
    is_email_confirmed: true,
    is_restricted: false,
    is_ultra_restricted: false,
    tz: 'Europe/Warsaw',
    profile: { display_name: 'Ann', real_name: 'Ann Example', email: 'ann@example.org' },
    ...more,
  },
});

describe('a profile', () => {
  it('is what Slack says of a person', async () => {
    slack.answer('users.info', user());
    const expected: Profile = {
      id: 'U0ANN',
      standing: 'member',
      name: 'Ann',
      email: 'ann@example.org',
      isEmailConfirmed: true,
      timezone: 'Europe/Warsaw',
    };
    expect(await chat.profile('U0ANN')).toEqual(expected);
    expect(slack.calls[0]?.args).toEqual({ user: 'U0ANN' });
  });

  it.each([
    ['a guest of several channels', { is_restricted: true }, 'guest'],
    ['a guest of one channel', { is_restricted: true, is_ultra_restricted: true }, 'guest'],
    ['someone from another workspace', { team_id: 'T0OTHER' }, 'stranger'],
    ['someone marked as a stranger', { is_stranger: true }, 'stranger'],
    ['a guest of another workspace', { team_id: 'T0OTHER', is_restricted: true }, 'stranger'],
    ['someone whose workspace is not said', { team_id: undefined }, 'stranger'],
    [
      'a member through the organisation',
      { team_id: 'E0ORG', enterprise_user: { teams: ['T0TEAM'] } },
      'member',
    ],
    ['a bot', { is_bot: true }, 'bot'],
    ['Slackbot, which is not marked as one', { id: 'USLACKBOT' }, 'bot'],
    ['a deactivated person', { deleted: true, is_restricted: true }, 'deactivated'],
  ])('has a standing: %s', async (_, more, standing) => {
    slack.answer('users.info', user(more));
    expect(await chat.profile('U0ANN')).toMatchObject({ standing });
  });

  it('does without what a person has not filled in', async () => {
    slack.answer(
      'users.info',
      user({ tz: undefined, profile: { display_name: '', real_name: '' } }),
    );
    expect(await chat.profile('U0ANN')).toMatchObject({ name: 'ann', email: null, timezone: null });
  });

  it.each(['user_not_found', 'users_not_found', 'user_not_visible'])(
    'is null for %s',
    async (error) => {
      slack.answer('users.info', { ok: false, error });
      expect(await chat.profile('U0NOBODY')).toBeNull();
    },
  );

  it('is asked for once in five minutes', async () => {
    slack.answer('users.info', user(), user({ is_restricted: true }));
    await chat.profile('U0ANN');
    later(5 * 60_000 - 1);
    expect(await chat.profile('U0ANN')).toMatchObject({ standing: 'member' });
    later(1);
    expect(await chat.profile('U0ANN')).toMatchObject({ standing: 'guest' });
    expect(slack.calls).toHaveLength(2);
  });

  it('is asked for once by all who ask at the same time', async () => {
    slack.answer('users.info', user());
    await Promise.all([chat.profile('U0ANN'), chat.profile('U0ANN'), chat.profile('U0ANN')]);
    expect(slack.calls).toHaveLength(1);
  });

  it('is asked for again when it must be fresh, and what was found is kept', async () => {
    slack.answer('users.info', user(), user({ deleted: true }));
    await chat.profile('U0ANN');
    expect(await chat.profile('U0ANN', { fresh: true })).toMatchObject({ standing: 'deactivated' });
    expect(await chat.profile('U0ANN')).toMatchObject({ standing: 'deactivated' });
    expect(slack.calls).toHaveLength(2);
  });

  it('that must be fresh is not the one that someone asked for before', async () => {
    let answerFirst: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      slack.answer(
        'users.info',
        (_, response) => {
          answerFirst = () => response.end(JSON.stringify(user()));
          resolve();
        },
        user({ deleted: true }),
      );
    });
    const first = chat.profile('U0ANN');
    await asked;
    later(1);
    const fresh = await chat.profile('U0ANN', { fresh: true });
    answerFirst();
    expect([(await first)?.standing, fresh?.standing]).toEqual(['member', 'deactivated']);
    expect(await chat.profile('U0ANN')).toMatchObject({ standing: 'deactivated' });
  });

  it('of an hour ago serves while Slack is out, but not for who needs it fresh', async () => {
    slack.answer('users.info', user(), status(500));
    await chat.profile('U0ANN');
    later(59 * 60_000);
    expect(await chat.profile('U0ANN')).toMatchObject({ name: 'Ann' });
    await expect(chat.profile('U0ANN', { fresh: true })).rejects.toMatchObject({
      name: 'ChatError',
      kind: 'later',
      code: 'http_500',
    });
    later(2 * 60_000);
    await expect(chat.profile('U0ANN')).rejects.toMatchObject({ kind: 'later', code: 'http_500' });
  });

  it('can be asked for again when the token is good again', async () => {
    slack.answer('users.info', { ok: false, error: 'token_revoked' });
    await expect(chat.profile('U0ANN')).rejects.toMatchObject({
      kind: 'credentials',
      code: 'token_revoked',
    });
  });
});

describe('the members of a user group', () => {
  it('are all that Slack names', async () => {
    const users = Array.from({ length: 1500 }, (_, n) => `U${n}AAA`);
    slack.answer('usergroups.users.list', { ok: true, users });
    expect(await chat.groupMembers('S0CUR')).toEqual({ users, unreadable: null });
    expect(slack.calls[0]?.args).toEqual({ usergroup: 'S0CUR' });
  });

  it.each([
    'no_such_subteam',
    'plan_upgrade_required',
    'missing_scope',
    'unknown_method',
    'not_allowed',
  ])('are none when Slack says %s, and why is said', async (error) => {
    slack.answer('usergroups.users.list', { ok: false, error });
    expect(await chat.groupMembers('S0CUR')).toEqual({ users: [], unreadable: error });
  });

  it('are at most a minute old, and never served from memory when Slack is out', async () => {
    slack.answer('usergroups.users.list', { ok: true, users: ['U0ANN'] }, status(500));
    await chat.groupMembers('S0CUR');
    later(59_999);
    expect(await chat.groupMembers('S0CUR')).toMatchObject({ users: ['U0ANN'] });
    later(1);
    await expect(chat.groupMembers('S0CUR')).rejects.toMatchObject({ kind: 'later' });
  });

  it('are asked for again when they must be fresh', async () => {
    slack.answer('usergroups.users.list', { ok: true, users: ['U0ANN'] }, { ok: true, users: [] });
    await chat.groupMembers('S0CUR');
    expect(await chat.groupMembers('S0CUR', { fresh: true })).toMatchObject({ users: [] });
  });
});

const aMessage = (more: Partial<ToNotify> = {}): ToNotify => ({
  message: 'approval',
  trouble: 'request',
  undelivered: null,
  to: 'C0DESK',
  person: null,
  request: aGrant(),
  posted: null,
  key: 'approval:R-00000001:C0DESK',
  mayBeThere: false,
  since: new Date('2026-03-01T12:00:00Z'),
  ...more,
});

const post = async (more: Partial<ToNotify> = {}): Promise<Posted> => {
  const posted = await chat.notify(aMessage(more));
  if (posted === null) throw new Error('Nothing was posted.');
  return posted;
};

const postedOk = { ok: true, channel: 'C0DESK', ts: '1.1' };

/** How our message looks when it is read back. */
const asRead = (call: Readonly<Record<string, string>> | undefined, more: object = {}) => ({
  ts: '1.1',
  user: 'U0BOT',
  metadata: z.unknown().parse(JSON.parse(call?.['metadata'] ?? '{}')),
  ...more,
});

describe('a message', () => {
  beforeEach(() => {
    slack.answer('chat.postMessage', postedOk);
    slack.answer('chat.update', { ok: true, channel: 'C0DESK', ts: '1.1', text: '' });
  });

  it('is posted with its key, without previews', async () => {
    const posted = await post();
    expect(posted).toEqual({
      channel: 'C0DESK',
      ts: '1.1',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const { metadata, ...args } = slack.called('chat.postMessage')[0]?.args ?? {};
    expect(args).toEqual({
      channel: 'C0DESK',
      text: 'first words',
      blocks: '[{"type":"divider"}]',
      unfurl_links: 'false',
      unfurl_media: 'false',
      client_msg_id: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
    });
    expect(JSON.parse(metadata ?? '')).toEqual({
      event_type: 'handle_desk',
      event_payload: { key: 'approval:R-00000001:C0DESK', hash: posted.hash },
    });
    expect(slack.calls).toHaveLength(1);
  });

  it('is posted under the same client_msg_id at every attempt, and another for another message', async () => {
    await chat.notify(aMessage());
    await chat.notify(aMessage());
    await chat.notify(aMessage({ key: 'other' }));
    const [first, second, other] = slack.calls.map(({ args }) => args['client_msg_id']);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('is left alone when it says what it should', async () => {
    const posted = await post();
    expect(await chat.notify(aMessage({ posted }))).toEqual(posted);
    expect(slack.calls).toHaveLength(1);
  });

  it('is edited when it says something else', async () => {
    const posted = await post();
    words = 'second words';
    const edited = await post({ posted });
    expect(edited).toMatchObject({ channel: 'C0DESK', ts: '1.1' });
    expect(edited.hash).not.toBe(posted.hash);
    const { metadata, ...args } = slack.called('chat.update')[0]?.args ?? {};
    expect(metadata).toContain('approval:R-00000001:C0DESK');
    expect(args).toEqual({
      channel: 'C0DESK',
      ts: '1.1',
      text: 'second words',
      blocks: '[{"type":"divider"}]',
    });
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    'is posted anew when it can no longer be edited: %s',
    async (error) => {
      slack.answer('chat.update', { ok: false, error });
      slack.answer('chat.postMessage', postedOk, { ...postedOk, ts: '2.2' });
      const posted = await post();
      words = 'second words';
      expect(await chat.notify(aMessage({ posted }))).toMatchObject({ ts: '2.2' });
      const [first, second] = slack
        .called('chat.postMessage')
        .map(({ args }) => args['client_msg_id']);
      expect(second).not.toBe(first);
    },
  );

  it('that has nothing to say is not posted, and what was posted stays', async () => {
    words = null;
    expect(await chat.notify(aMessage())).toBeNull();
    const posted = { channel: 'C0DESK', ts: '1.1', hash: 'old' };
    expect(await chat.notify(aMessage({ posted }))).toEqual(posted);
    expect(slack.calls).toHaveLength(0);
  });

  it('to a person is posted into the conversation with them, opened once', async () => {
    slack.answer('conversations.open', { ok: true, channel: { id: 'D0ANN' } });
    await chat.notify(aMessage({ to: 'U0ANN' }));
    await chat.notify(aMessage({ to: 'U0ANN', key: 'other' }));
    expect(slack.called('conversations.open').map(({ args }) => args)).toEqual([
      { users: 'U0ANN' },
    ]);
    expect(slack.called('chat.postMessage').map(({ args }) => args['channel'])).toEqual([
      'D0ANN',
      'D0ANN',
    ]);
  });
});

describe('a message that may be there already', () => {
  it('is not posted a second time when the answer to the first was lost', async () => {
    slack.answer('chat.postMessage', dropped);
    await expect(chat.notify(aMessage())).rejects.toMatchObject({
      kind: 'unknown',
      code: 'no_answer',
    });
    const sent = slack.called('chat.postMessage')[0]?.args;
    slack.answer('conversations.history', { ok: true, messages: [asRead(sent)] });
    expect(await chat.notify(aMessage({ mayBeThere: true }))).toMatchObject({
      channel: 'C0DESK',
      ts: '1.1',
    });
    expect(slack.called('chat.postMessage')).toHaveLength(1);
    expect(slack.called('conversations.history')[0]?.args).toEqual({
      channel: 'C0DESK',
      oldest: String(Date.parse('2026-03-01T11:59:00Z') / 1000),
      include_all_metadata: 'true',
      limit: '200',
    });
  });

  it('is found behind 150 newer ones on several pages', async () => {
    slack.answer('chat.postMessage', dropped);
    await expect(chat.notify(aMessage())).rejects.toMatchObject({ kind: 'unknown' });
    const sent = slack.called('chat.postMessage')[0]?.args;
    const chatter = Array.from({ length: 75 }, (_, n) => ({
      ts: `9.${n}`,
      user: 'U0ANN',
      text: 'hi',
    }));
    slack.answer(
      'conversations.history',
      { ok: true, messages: chatter, response_metadata: { next_cursor: 'two' } },
      { ok: true, messages: chatter, response_metadata: { next_cursor: 'three' } },
      { ok: true, messages: [asRead(sent)], response_metadata: { next_cursor: '' } },
    );
    expect(await chat.notify(aMessage({ mayBeThere: true }))).toMatchObject({ ts: '1.1' });
    expect(slack.called('conversations.history').map(({ args }) => args['cursor'])).toEqual([
      undefined,
      'two',
      'three',
    ]);
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('is edited when the copy that is there says something older', async () => {
    slack.answer('chat.postMessage', dropped);
    slack.answer('chat.update', { ok: true });
    await expect(chat.notify(aMessage())).rejects.toMatchObject({ kind: 'unknown' });
    const sent = slack.called('chat.postMessage')[0]?.args;
    slack.answer('conversations.history', { ok: true, messages: [asRead(sent)] });
    words = 'second words';
    await chat.notify(aMessage({ mayBeThere: true }));
    expect(slack.called('chat.update')[0]?.args).toMatchObject({ ts: '1.1', text: 'second words' });
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it.each([
    [
      'of another key',
      { metadata: { event_type: 'handle_desk', event_payload: { key: 'other', hash: 'h' } } },
    ],
    ['of another app that wrote our key', { user: 'U0EVIL' }],
  ])('is posted when what is there is %s', async (_, more) => {
    slack.answer('chat.postMessage', dropped, postedOk);
    await expect(chat.notify(aMessage())).rejects.toMatchObject({ kind: 'unknown' });
    const sent = slack.called('chat.postMessage')[0]?.args;
    slack.answer('conversations.history', { ok: true, messages: [asRead(sent, more)] });
    expect(await chat.notify(aMessage({ mayBeThere: true }))).toMatchObject({ ts: '1.1' });
    expect(slack.called('chat.postMessage')).toHaveLength(2);
  });

  it('stays unknown while Slack does not let us look', async () => {
    slack.answer('conversations.history', limited(7));
    await expect(chat.notify(aMessage({ mayBeThere: true }))).rejects.toMatchObject({
      kind: 'unknown',
      code: 'ratelimited',
      retryAfter: 7000,
    });
    expect(slack.called('chat.postMessage')).toHaveLength(0);
  });

  it('stays unknown while the conversation with a person cannot be opened', async () => {
    slack.answer('conversations.open', status(503));
    await expect(chat.notify(aMessage({ mayBeThere: true, to: 'U0ANN' }))).rejects.toMatchObject({
      kind: 'unknown',
      code: 'http_503',
    });
  });

  it('waits for the token, and goes out once when it is good again', async () => {
    const refused = { ok: false, error: 'token_revoked' };
    slack.answer('chat.postMessage', refused, postedOk);
    slack.answer('conversations.history', refused, refused, { ok: true, messages: [] });
    const tries = [false, true, true].map((mayBeThere) => aMessage({ mayBeThere }));
    for (const message of tries) {
      await expect(chat.notify(message)).rejects.toMatchObject({ kind: 'credentials' });
    }
    expect(await chat.notify(aMessage({ mayBeThere: true }))).toMatchObject({ ts: '1.1' });
    expect(slack.called('chat.postMessage')).toHaveLength(2);
  });

  it('is posted when the bot may not look at all: better twice than never', async () => {
    slack.answer('conversations.history', {
      ok: false,
      error: 'missing_scope',
      needed: 'channels:history',
    });
    slack.answer('chat.postMessage', postedOk);
    expect(await chat.notify(aMessage({ mayBeThere: true }))).toMatchObject({ ts: '1.1' });
    expect(log.lines()).toContainEqual(
      expect.objectContaining({
        code: 'missing_scope',
        msg: 'cannot look whether a message was posted before',
      }),
    );
  });
});

describe('a message that Slack does not take', () => {
  it.each([
    ['a rate limit', limited(3), { kind: 'later', code: 'ratelimited', retryAfter: 3000 }],
    [
      'a rate limit without a time',
      limited(),
      { kind: 'later', code: 'ratelimited', retryAfter: null },
    ],
    ['HTTP 503', status(503), { kind: 'later', code: 'http_503', retryAfter: null }],
    ['HTTP 500', status(500), { kind: 'unknown', code: 'http_500' }],
    ['HTTP 504', status(504), { kind: 'unknown', code: 'http_504' }],
    ['a page that is not from Slack', html, { kind: 'unknown', code: 'not_slack' }],
    ['a dropped connection', dropped, { kind: 'unknown', code: 'no_answer' }],
    ['an answer without what we need', { ok: true }, { kind: 'unknown', code: 'no_answer' }],
  ])('because of %s', async (_, answer, expected) => {
    slack.answer('chat.postMessage', answer);
    await expect(chat.notify(aMessage())).rejects.toMatchObject({ name: 'ChatError', ...expected });
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it.each([
    ['service_unavailable', 'later'],
    ['request_timeout', 'later'],
    ['message_limit_exceeded', 'later'],
    ['fatal_error', 'unknown'],
    ['internal_error', 'unknown'],
    ['channel_not_found', 'never'],
    ['is_archived', 'never'],
    ['not_in_channel', 'never'],
    ['restricted_action_read_only_channel', 'never'],
    ['invalid_blocks', 'never'],
    ['msg_blocks_too_long', 'never'],
    ['invalid_auth', 'credentials'],
    ['token_revoked', 'credentials'],
    ['account_inactive', 'credentials'],
    ['missing_scope', 'credentials'],
    ['not_authed', 'credentials'],
    ['token_expired', 'credentials'],
    ['not_allowed_token_type', 'credentials'],
    ['no_permission', 'never'],
    ['org_login_required', 'credentials'],
    ['ekm_access_denied', 'credentials'],
    ['messages_tab_disabled', 'never'],
  ])('because it says %s: %s', async (error, kind) => {
    slack.answer('chat.postMessage', { ok: false, error });
    await expect(chat.notify(aMessage())).rejects.toMatchObject({
      kind,
      code: error,
      message: `Slack: ${error}`,
    });
  });

  it('because nobody is there: it was not sent', async () => {
    await slack.close();
    const error = await callOutsideJest(slack.apiUrl);
    expect(toChatError(error, { repeatable: false })).toMatchObject({
      kind: 'later',
      code: 'unreachable',
    });
    slack = await startFakeSlack();
  });

  it('as an edit: it may be repeated without harm, so nothing is unknown', async () => {
    const posted = { channel: 'C0DESK', ts: '1.1', hash: 'old' };
    slack.answer('chat.update', dropped);
    await expect(chat.notify(aMessage({ posted }))).rejects.toMatchObject({
      kind: 'later',
      code: 'no_answer',
    });
  });

  it('never shows the page that answered instead of Slack', async () => {
    slack.answer('chat.postMessage', html);
    const error = await chat.notify(aMessage()).catch((thrown: unknown) => thrown);
    expect(String(error)).toBe('ChatError: Slack: not_slack');
    expect(log.text()).not.toContain('SECRETPAGE');
  });
});

describe('whether Slack takes what the bot sends', () => {
  const refused = (error: string) => ({ ok: false, error });
  const fatal = () => log.lines().filter((line) => line['level'] === FATAL);
  const fails = (call: Promise<unknown>) =>
    expect(call).rejects.toMatchObject({ kind: 'credentials' });

  it('is known from the calls that are made, and logged once for an outage', async () => {
    slack.answer('chat.postMessage', refused('token_revoked'), refused('token_revoked'), postedOk);
    slack.answer('users.info', refused('account_inactive'));
    slack.answer('usergroups.users.list', refused('token_revoked'));
    expect(health.problem()).toBeNull();
    await fails(chat.notify(aMessage()));
    await fails(chat.profile('U0ANN'));
    await fails(chat.groupMembers('S0CUR'));
    await fails(chat.notify(aMessage({ key: 'other' })));
    expect(health.problem()).toBe('Slack does not take the bot token (token_revoked)');
    expect(fatal()).toEqual([
      expect.objectContaining({ method: 'chat.postMessage', code: 'token_revoked' }),
    ]);
    await chat.notify(aMessage());
    expect(health.problem()).toBeNull();
  });

  it('is logged again for the next outage', async () => {
    slack.answer('chat.postMessage', refused('invalid_auth'), postedOk, refused('invalid_auth'));
    await fails(chat.notify(aMessage()));
    await chat.notify(aMessage());
    await fails(chat.notify(aMessage()));
    expect(fatal()).toHaveLength(2);
  });

  it('is no matter of calls that fail for another reason', async () => {
    slack.answer('chat.postMessage', refused('is_archived'));
    await expect(chat.notify(aMessage())).rejects.toMatchObject({ kind: 'never' });
    expect(health.problem()).toBeNull();
  });

  it('is told of a call that alone is not allowed, and other calls do not end that', async () => {
    slack.answer('users.info', refused('missing_scope'));
    slack.answer('chat.postMessage', postedOk);
    await fails(chat.profile('U0ANN'));
    await chat.notify(aMessage());
    expect(health.problem()).toBe('Slack does not let the bot call users.info (missing_scope)');
    expect(fatal()).toHaveLength(1);
    slack.answer('users.info', user());
    await chat.profile('U0ANN', { fresh: true });
    expect(health.problem()).toBeNull();
  });

  it('is no matter of a user group that cannot be read: the rest works', async () => {
    slack.answer('usergroups.users.list', refused('missing_scope'));
    await chat.groupMembers('S0CUR');
    expect(health.problem()).toBeNull();
  });

  it.each([
    ['users.info', 'token_expired', 'auth.test', { ok: true }],
    ['users.info', 'missing_scope', 'users.info', user()],
  ])('is looked at again when somebody asks: %s %s', async (method, error, again, answer) => {
    slack.answer(method, refused(error));
    await fails(chat.profile('U0ANN'));
    slack.answer(again, answer);
    expect(health.problem()).toContain(error);
    // A bot that is not ready gets nothing from Slack, so no other call would end it.
    for (let tries = 0; tries < 100 && health.problem() !== null; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(health.problem()).toBeNull();
    expect(slack.called(again).length).toBeLessThanOrEqual(3);
  });

  it('does not hang on looking for an earlier copy, which it can do without', async () => {
    slack.answer('conversations.history', refused('missing_scope'));
    slack.answer('chat.postMessage', postedOk);
    await chat.notify(aMessage({ mayBeThere: true }));
    expect(health.problem()).toBeNull();
  });
});

/** As pino counts. */
const FATAL = 60;

/**
 * What the SDK rejects with in a process of its own, rebuilt. Inside jest it does not recognise what `fetch` throws as an Error,
 * because that comes from another realm, and drops its cause.
 */
const callOutsideJest = async (apiUrl: string): Promise<Error> => {
  const script = `
    const { WebClient } = require('@slack/web-api');
    const mute = { ...console, warn() {}, debug() {}, getLevel: () => 'info', setLevel() {}, setName() {} };
    const client = new WebClient('xoxb-1', { slackApiUrl: '${apiUrl}', retryConfig: { retries: 0 }, logger: mute });
    client.apiCall('auth.test').catch((error) => {
      const chain = [];
      for (let at = error; at; at = at.cause) chain.push({ message: at.message, code: at.code });
      console.log(JSON.stringify(chain));
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
  const chain = z
    .array(z.object({ message: z.string(), code: z.string().optional() }))
    .parse(JSON.parse(stdout));
  return chain.reduceRight<Error>(
    (cause, { message, code }) => Object.assign(new Error(message, { cause }), code && { code }),
    new Error('the end'),
  );
};
