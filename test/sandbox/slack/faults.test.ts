import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startSlackSandbox,
  type SlackFault,
  type SlackSandbox,
} from '../../../src/sandbox/slack/server.js';
import { silent } from './a-bot.js';

let slack: SlackSandbox;
let client: WebClient;
let channel: string;

beforeEach(async () => {
  slack = await startSlackSandbox();
  channel = slack.addChannel({ name: 'general', members: [slack.state.app.botUserId] }).id;
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 300,
    logger: silent,
  });
});
afterEach(() => slack.stop());

async function postWith(fault: SlackFault): Promise<unknown> {
  slack.faults.add(fault);
  return client.chat.postMessage({ channel, text: 'x' }).then(
    (result) => result,
    (error: unknown) => error,
  );
}

describe('a fault', () => {
  it.each<[SlackFault, object, number]>([
    [{ kind: 'status', status: 503 }, { code: 'slack_webapi_http_error', statusCode: 503 }, 0],
    [
      { kind: 'rate-limited', retryAfter: 7 },
      { code: 'slack_webapi_rate_limited_error', retryAfter: 7 },
      0,
    ],
    [{ kind: 'reset' }, { code: 'slack_webapi_request_error' }, 0],
    [{ kind: 'commit-then-reset' }, { code: 'slack_webapi_request_error' }, 1],
    [{ kind: 'hang' }, { code: 'slack_webapi_request_error' }, 0],
    [{ kind: 'commit-then-hang' }, { code: 'slack_webapi_request_error' }, 1],
    [{ kind: 'html' }, { code: 'slack_webapi_platform_error' }, 0],
    [{ kind: 'error', error: 'is_archived' }, { data: { ok: false, error: 'is_archived' } }, 0],
    [
      { kind: 'error', error: 'fatal_error', commit: true },
      { data: { ok: false, error: 'fatal_error' } },
      1,
    ],
    [{ kind: 'delay', ms: 1 }, { ok: true }, 1],
  ])('%j reaches the client as %j', async (fault, outcome, posted) => {
    expect(await postWith(fault)).toMatchObject(outcome);
    expect(slack.messages(channel)).toHaveLength(posted);
    await client.chat.postMessage({ channel, text: 'well again' });
    expect(slack.messages(channel)).toHaveLength(posted + 1);
  });

  it('meets only its method and channel, as often as said, until it is cleared', async () => {
    const other = slack.addChannel({ name: 'other', members: [slack.state.app.botUserId] }).id;
    slack.faults.add({
      kind: 'error',
      error: 'internal_error',
      method: 'chat.postMessage',
      channel,
      times: 2,
    });
    const post = (to: string) =>
      client.chat.postMessage({ channel: to, text: 'x' }).then(
        () => 'ok',
        () => 'failed',
      );
    expect(await post(other)).toBe('ok');
    await client.auth.test();
    expect([await post(channel), await post(channel), await post(channel)]).toEqual([
      'failed',
      'failed',
      'ok',
    ]);
    slack.faults.add({ kind: 'hang', times: Infinity });
    slack.faults.clear();
    expect(await post(channel)).toBe('ok');
    expect(slack.calls.filter(({ error }) => error === 'internal_error')).toHaveLength(2);
  });
});

describe('waiting', () => {
  it('ends with what was waited for', async () => {
    await expect(slack.until(() => false, 'the sky falls', 1)).rejects.toThrow(
      'the sky falls: not within 1 ms',
    );
    const changes: string[] = [];
    const off = slack.on((change) => changes.push(change.type));
    const waiting = slack.until(() => slack.messages(channel).length === 1, 'a message');
    await client.chat.postMessage({ channel, text: 'x' });
    await waiting;
    off();
    await client.chat.postMessage({ channel, text: 'x' });
    expect(changes).toEqual(['message', 'call']);
  });
});
