import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { refusals } from '../../src/errors.js';
import { scrub } from '../../src/slack/transport/fault.js';
import { createAnswerAt } from '../../src/slack/transport/response-url.js';
import { createSafely, type ErrorReply } from '../../src/slack/listeners/safely.js';
import { html, startFakeSlack, status, type FakeSlack } from './kit/fake-slack.js';
import { createLog, type Written } from './kit/log.js';

let slack: FakeSlack;
let written: Written;
beforeEach(async () => {
  slack = await startFakeSlack();
  written = createLog();
});
afterEach(() => slack.close());

describe('a listener', () => {
  const run = async (work: () => Promise<void>, answer?: () => Promise<void>) => {
    const replies: ErrorReply[] = [];
    const safely = createSafely({
      record: () => Promise.resolve(),
      log: written.log,
      newSupportId: () => 'SUPPORT1',
    });
    await safely({
      name: 'command /handle',
      who: 'U0LENA',
      work,
      answer: async (reply) => {
        replies.push(reply);
        await answer?.();
      },
    });
    return replies;
  };

  it('that does what it should apologises for nothing', async () => {
    expect(await run(() => Promise.resolve())).toEqual([]);
    expect(written.text()).toBe('');
  });

  it('that refuses says why and what to do next', async () => {
    const refusal = refusals.guest();
    expect(await run(() => Promise.reject(refusal))).toEqual([
      {
        kind: 'refusal',
        refusal,
        text: 'Guests of this workspace can neither ask nor agree. Ask a full member to make the request for you; a request can name you as the person who gets access.',
      },
    ]);
    expect(written.lines()).toMatchObject([
      { level: 30, listener: 'command /handle', refusal: 'guest' },
    ]);
  });

  it('that fails gives the person the support id under which the cause is in the log', async () => {
    const cause = new Error('disk full');
    expect(await run(() => Promise.reject(new Error('cannot write', { cause })))).toEqual([
      {
        kind: 'fault',
        supportId: 'SUPPORT1',
        text: 'Something went wrong on our side. Please try again; if it happens again, tell an operator the support id SUPPORT1.',
      },
    ]);
    expect(written.lines()).toMatchObject([
      {
        level: 50,
        msg: 'a listener failed',
        listener: 'command /handle',
        supportId: 'SUPPORT1',
        fault: { message: 'cannot write', cause: { message: 'disk full' } },
      },
    ]);
  });

  it('whose person cannot be told fails no further', async () => {
    await run(
      () => Promise.reject(new Error('broken')),
      () => Promise.reject(new Error('no way to answer')),
    );
    expect(written.lines()).toMatchObject([
      { msg: 'a listener failed', supportId: 'SUPPORT1' },
      {
        msg: 'the person could not be told',
        supportId: 'SUPPORT1',
        fault: { message: 'no way to answer' },
      },
    ]);
  });
});

describe('an answer at a response_url', () => {
  const message = { text: 'CANARY hello', blocks: [] };
  const answerAt = (apiUrl = slack.apiUrl) =>
    createAnswerAt({ slack: { apiUrl }, log: written.log, timeoutMs: 50 });

  it('is for that person alone and below what is there', async () => {
    slack.answer('/hook', { ok: true });
    expect(await answerAt()(`${slack.origin}/hook`, message)).toBe(true);
    expect(JSON.parse(slack.calls[0]?.body ?? '')).toEqual({
      text: 'CANARY hello',
      blocks: [],
      response_type: 'ephemeral',
      replace_original: false,
    });
  });

  it('takes the place of what is there when asked to', async () => {
    slack.answer('/hook', { ok: true });
    await answerAt()(`${slack.origin}/hook`, message, { replace: true });
    expect(JSON.parse(slack.calls[0]?.body ?? '')).toMatchObject({ replace_original: true });
  });

  it.each([
    ['used up', status(404)],
    ['rate limited', status(429)],
    ['never answered', () => undefined],
  ])('does not throw when it is %s', async (_, answer) => {
    slack.answer('/hook-CANARY', answer);
    expect(await answerAt()(`${slack.origin}/hook-CANARY`, message)).toBe(false);
    expect(written.text()).not.toContain('CANARY');
  });

  it('follows no redirect', async () => {
    slack.answer('/hook', (_, response) => {
      response.writeHead(307, { location: `${slack.origin}/other` }).end();
    });
    slack.answer('/other', html);
    expect(await answerAt()(`${slack.origin}/hook`, message)).toBe(false);
    expect(slack.called('/other')).toEqual([]);
  });

  it.each([
    'http://hooks.slack.com/x',
    'https://hooks.slack.com.evil.example/x',
    'https://hooks.slack.com@evil.example/x',
    'https://user@hooks.slack.com/x',
    'https://evil.example/hooks.slack.com',
    'file:///etc/passwd',
    'not an address',
    '',
  ])('goes nowhere but to Slack: not to %s', async (url) => {
    expect(await answerAt('https://slack.com/api/')(url, message)).toBe(false);
    expect(written.lines()).toMatchObject([
      { level: 50, msg: 'a response_url does not belong to Slack; nothing was sent there' },
    ]);
  });

  it('goes to no stand-in when none is configured', async () => {
    expect(await answerAt('https://slack.com/api/')(`${slack.origin}/hook`, message)).toBe(false);
    expect(slack.calls).toEqual([]);
  });
});

it('no token survives in a log line, wherever it stands in the text', () => {
  const token = fc.stringMatching(/^x(ox[abp]|app)-[A-Za-z0-9-]{10,40}$/);
  fc.assert(
    fc.property(fc.string(), token, fc.string(), (before, secret, after) => {
      expect(scrub(`${before} ${secret} ${after}`)).not.toContain(secret);
    }),
  );
});
