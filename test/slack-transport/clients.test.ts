import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { App } from '@slack/bolt';
import { createBoltLogger } from '../../src/slack/transport/bolt-logger.js';
import {
  createClients,
  interactiveOptions,
  socketOptions,
} from '../../src/slack/transport/clients.js';
import { botToken, command, mention, startBot, submission } from './kit/bot.js';
import { html, limited, startFakeSlack, status, type FakeSlack } from './kit/fake-slack.js';
import { createLog } from './kit/log.js';

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(() => slack.close());

const config = () => ({
  botToken,
  mode: { kind: 'http', signingSecret: 's' } as const,
  apiUrl: slack.apiUrl,
});

const clients = () => createClients(config(), createBoltLogger(createLog().log));

describe.each(['interactive', 'background'] as const)('the %s client', (which) => {
  it('does not wait for a rate limit to pass', async () => {
    slack.answer('chat.postMessage', limited(3600));
    await expect(clients()[which].apiCall('chat.postMessage')).rejects.toMatchObject({
      name: 'WebAPIRateLimitedError',
      retryAfter: 3600,
    });
  });

  it('tries once: a retried message is a second message', async () => {
    slack.answer('chat.postMessage', status(500));
    await expect(clients()[which].apiCall('chat.postMessage')).rejects.toMatchObject({
      statusCode: 500,
    });
    expect(slack.calls).toHaveLength(1);
  });

  it('cannot be led to another host', async () => {
    const elsewhere = await startFakeSlack();
    await expect(clients()[which].apiCall(`${elsewhere.apiUrl}x`)).rejects.toThrow();
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.close();
  });
});

it('the interactive client gives up before Slack does, and the other one goes on', async () => {
  slack.answer('users.info', () => undefined);
  slack.answer('chat.postMessage', { ok: true });
  const { interactive, background } = clients();
  const hanging = interactive.apiCall('users.info');
  await expect(background.apiCall('chat.postMessage')).resolves.toMatchObject({ ok: true });
  await expect(hanging).rejects.toMatchObject({ name: 'WebAPIRequestError' });
});

it('options are a new object each time and hold no headers, so that no token leaks into another client', () => {
  const logger = createBoltLogger(createLog().log);
  for (const options of [interactiveOptions, socketOptions]) {
    expect(options(config(), logger)).not.toBe(options(config(), logger));
    expect(options(config(), logger)).not.toHaveProperty('headers');
  }
});

describe('the client that listeners get', () => {
  const call = async (answer: Parameters<FakeSlack['answer']>[1]): Promise<unknown> => {
    slack.answer('users.info', answer);
    let thrown: unknown;
    const bot = await startBot({
      apiUrl: slack.apiUrl,
      listen: (app) => {
        app.command('/handle', async ({ ack, client }) => {
          await client.users.info({ user: 'U0ANN' }).catch((error: unknown) => {
            thrown = error;
          });
          await ack();
        });
      },
    });
    await bot.post(command());
    await bot.stop({ deadlineMs: 1000 });
    return thrown;
  };

  it('does not wait for a rate limit to pass', async () => {
    expect(await call(limited(3600))).toMatchObject({ name: 'WebAPIRateLimitedError' });
  });

  it('tries once, and with the bot token', async () => {
    expect(await call(status(500))).toMatchObject({ statusCode: 500 });
    expect(slack.calls.map(({ authorization }) => authorization)).toEqual([`Bearer ${botToken}`]);
  });
});

describe('the log', () => {
  it('holds no token, secret, trigger, response_url, text of a person or page of a proxy', async () => {
    slack.answer('users.info', html);
    slack.answer('chat.postMessage', limited(1));
    slack.answer('views.open', {
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] must be shorter [json-pointer:/view/title]'] },
    });
    const bot = await startBot({ apiUrl: slack.apiUrl, listen: everyWayToFail });
    await bot.post(command());
    await bot.post(command({ command: '/CANARY-unknown', trigger_id: 'CANARY-2' }));
    await bot.post(command({ command: '/leak', trigger_id: 'CANARY-3' }));
    await bot.post(mention('CANARY-event'));
    await bot.post(submission('form', 'CANARY-4'));
    await bot.post(submission('form', 'CANARY-4'));
    await bot.post(command(), { secret: 'other' });
    await bot.post('{"CANARY', { type: 'application/json' });
    await bot.post('', { path: '/CANARY' });
    await bot.stop({ deadlineMs: 1000 });
    expect(bot.lines().filter(({ msg }) => msg === 'a listener failed')).toHaveLength(4);
    expect(bot.text()).not.toMatch(/CANARY|SECRETPAGE/);
  });

  it('drops the lines that the libraries write for debugging, at every level', async () => {
    slack.answer('users.info', { ok: true });
    const written = createLog();
    const logger = createBoltLogger(written.log);
    logger.debug('a whole payload');
    await createClients(config(), logger).interactive.apiCall('users.info');
    expect(written.text()).toBe('');
    expect(logger.getLevel()).toBe('info');
  });

  it('keeps what else they write, without objects and addresses', () => {
    const written = createLog();
    const logger = createBoltLogger(written.log);
    logger.info('hello', { body: 'CANARY' });
    logger.warn('failed at', 'https://hooks.slack.com/services/CANARY?x=1 with xoxb-CANARY-1');
    logger.error(new Error('no way to wss://wss.slack.com/link/?ticket=CANARY'));
    expect(written.lines()).toMatchObject([
      { level: 30, msg: 'hello' },
      { level: 40, msg: 'failed at https://hooks.slack.com/[...] with [token]' },
      {
        level: 50,
        msg: 'Slack library',
        fault: { type: 'Error', message: 'no way to wss://wss.slack.com/[...]' },
      },
    ]);
  });
});

const everyWayToFail = (app: App): void => {
  app.command('/handle', async ({ client }) => {
    await client.users.info({ user: 'U0ANN' });
  });
  app.command('/leak', ({ body }) =>
    Promise.reject(new Error(`could not reach ${body.response_url}`)),
  );
  app.event('app_mention', async ({ client, say }) => {
    await say('CANARY-reply').catch(() => undefined);
    await client.chat.postMessage({ channel: 'C0', text: 'CANARY-message' });
  });
  app.view('form', async ({ client, body }) => {
    await client.views.open({
      trigger_id: body.view.id,
      view: { type: 'modal', title: { type: 'plain_text', text: 'CANARY' }, blocks: [] },
    });
  });
};
