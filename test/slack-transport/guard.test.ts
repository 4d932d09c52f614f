import { App, type ReceiverEvent } from '@slack/bolt';
import { describe, expect, it } from '@jest/globals';
import { createIngress, type IngressOptions } from '../../src/slack/transport/ingress.js';
import { createLog } from './kit/log.js';
import { remember, startBot, click, command, mention, submission, suggestion } from './kit/bot.js';
import type { Bot, BotOptions } from './kit/bot.js';

const withBot = async (options: BotOptions, test: (bot: Bot) => Promise<void>): Promise<void> => {
  const bot = await startBot(options);
  try {
    await test(bot);
  } finally {
    await bot.stop({ deadlineMs: 2000 });
  }
};

const nothing = () => undefined;

const failed =
  'Something went wrong, and nothing is known to have been done. Please try again. If it happens again, tell an operator the support id SUPPORT1.';

describe('what no listener handles', () => {
  it('is a command that the bot does not know: it says so at once', () =>
    withBot({ listen: nothing }, async ({ post }) => {
      const reply = await post(command({ command: '/handel' }));
      expect({ ...reply, body: read(reply.body) }).toEqual({
        status: 200,
        type: 'application/json',
        body: { response_type: 'ephemeral', text: 'I do not know /handel. Try `/handle help`.' },
      });
    }));

  it('is a typeahead that gets no options', () =>
    withBot({ listen: nothing }, async ({ post }) => {
      expect(await post(suggestion('who', 'a'))).toMatchObject({
        status: 200,
        body: '{"options":[]}',
      });
    }));

  it.each([
    ['click', click('gone', 't1')],
    ['submission', submission('gone', 't2')],
    ['event', mention('E1')],
    ['thing of a new kind', JSON.stringify({ type: 'something_new' })],
  ])('is a %s that gets an empty answer', (_, body) =>
    withBot({ listen: nothing }, async ({ post }) => {
      expect(await post(body)).toMatchObject({ status: 200, body: '' });
    }),
  );
});

describe('a listener that fails', () => {
  it('before it answered a command: the person gets the support id that is in the log', () =>
    withBot(
      {
        listen: (app) => {
          app.command('/handle', () => Promise.reject(new Error('broken')));
        },
      },
      async ({ post, lines }) => {
        const reply = await post(command());
        expect({ ...reply, body: read(reply.body) }).toMatchObject({
          status: 200,
          body: { response_type: 'ephemeral', text: failed },
        });
        expect(lines()).toContainEqual(
          expect.objectContaining({
            supportId: 'SUPPORT1',
            kind: 'command',
            msg: 'a listener failed',
            fault: expect.objectContaining({ type: 'Error', message: 'broken' }),
          }),
        );
      },
    ));

  it('before it answered a form: the form is replaced by the support id', () =>
    withBot(
      {
        listen: (app) => {
          app.view('form', () => Promise.reject(new Error('broken')));
        },
      },
      async ({ post }) => {
        const reply = await post(submission('form', 't1'));
        expect(JSON.parse(reply.body)).toEqual({
          response_action: 'update',
          view: {
            type: 'modal',
            title: { type: 'plain_text', text: 'Something went wrong' },
            close: { type: 'plain_text', text: 'Close' },
            blocks: [{ type: 'section', text: { type: 'mrkdwn', text: failed } }],
          },
        });
      },
    ));

  it('after it answered: the answer stands and the fault is logged under a support id', () =>
    withBot(
      {
        listen: (app) => {
          app.command('/handle', async ({ ack }) => {
            await ack('working on it');
            throw new Error('broken later');
          });
        },
      },
      async ({ post, lines, stop }) => {
        expect(await post(command())).toMatchObject({ status: 200, body: 'working on it' });
        await stop({ deadlineMs: 2000 });
        expect(lines()).toContainEqual(
          expect.objectContaining({
            supportId: 'SUPPORT1',
            fault: expect.objectContaining({ message: 'broken later' }),
          }),
        );
      },
    ));

  it('by a rejection that is no error', () =>
    withBot(
      {
        listen: (app) => {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what careless code does
          app.command('/handle', () => Promise.reject(undefined));
        },
      },
      async ({ post }) => {
        expect(JSON.parse((await post(command())).body)).toMatchObject({ text: failed });
      },
    ));

  it('among several that match: all are logged as one fault', () =>
    withBot(
      {
        listen: (app) => {
          app.action('twice', () => Promise.reject(new Error('one')));
          app.action('twice', () => Promise.reject(new Error('two')));
        },
      },
      async ({ post, text }) => {
        expect(await post(click('twice', 't1'))).toMatchObject({ status: 200, body: '' });
        expect(text()).toContain('"supportId":"SUPPORT1"');
      },
    ));
});

describe('what is delivered twice', () => {
  it('is an event: it runs once, and both deliveries are answered', () => {
    const ran: string[] = [];
    return withBot(
      {
        listen: (app) => {
          app.event('app_mention', ({ body }) => {
            ran.push(body.event_id);
            return Promise.resolve();
          });
        },
      },
      async ({ post, stop }) => {
        const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
        expect(await post(mention('E1'))).toMatchObject({ status: 200, body: '' });
        expect(await post(mention('E1'), { headers: retry })).toMatchObject({
          status: 200,
          body: '',
        });
        expect(await post(mention('E2'), { headers: retry })).toMatchObject({
          status: 200,
          body: '',
        });
        await stop({ deadlineMs: 2000 });
        expect(ran).toEqual(['E1', 'E2']);
      },
    );
  });

  it('is a command while its first delivery still runs', () => {
    let runs = 0;
    let finish: () => void = nothing;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    return withBot(
      {
        listen: (app) => {
          app.command('/handle', async ({ ack }) => {
            runs += 1;
            await finished;
            await ack('done');
          });
        },
      },
      async ({ post }) => {
        const first = post(command());
        const again = await Promise.race([first, post(command())]);
        expect(again).toMatchObject({ status: 200, body: '' });
        finish();
        expect(await first).toMatchObject({ status: 200 });
        expect(runs).toBe(1);
      },
    );
  });

  it('is a submission', () => {
    let runs = 0;
    return withBot(
      {
        listen: (app) => {
          app.view('form', async ({ ack }) => {
            runs += 1;
            await ack({ response_action: 'clear' });
          });
        },
      },
      async ({ post }) => {
        expect((await post(submission('form', 't1'))).body).toBe('{"response_action":"clear"}');
        expect(await post(submission('form', 't1'))).toMatchObject({ status: 200, body: '' });
        expect(runs).toBe(1);
      },
    );
  });

  it('is remembered between replicas: the second one leaves it alone', () => {
    const deliveries = remember();
    const pong: BotOptions['listen'] = (app) => {
      app.command('/handle', async ({ ack }) => {
        await ack('pong');
      });
    };
    return withBot({ deliveries, listen: pong }, (one) =>
      withBot({ deliveries, listen: pong }, async (other) => {
        expect(await one.post(command())).toMatchObject({ body: 'pong' });
        expect(await other.post(command())).toMatchObject({ status: 200, body: '' });
      }),
    );
  });

  it('is not a typeahead: the same letters may be asked twice', () =>
    withBot(
      {
        listen: (app) => {
          app.options('who', async ({ ack }) => {
            await ack({ options: [{ text: { type: 'plain_text', text: 'Ann' }, value: 'a' }] });
          });
        },
      },
      async ({ post }) => {
        const first = await post(suggestion('who', 'an'));
        expect(first.body).toContain('Ann');
        expect(await post(suggestion('who', 'an'))).toEqual(first);
      },
    ));

  it('runs when the store cannot say whether it came before', () =>
    withBot(
      {
        deliveries: { isFirst: () => Promise.reject(new Error('database is gone')) },
        listen: (app) => {
          app.command('/handle', async ({ ack }) => {
            await ack('pong');
          });
        },
      },
      async ({ post, lines }) => {
        expect(await post(command())).toMatchObject({ body: 'pong' });
        expect(lines()).toContainEqual(
          expect.objectContaining({
            msg: 'whether this was delivered before is not known',
            fault: expect.objectContaining({ message: 'database is gone' }),
          }),
        );
      },
    ));

  it('runs when the store does not answer', () =>
    withBot(
      {
        deliveries: { isFirst: () => new Promise(() => undefined) },
        listen: (app) => {
          app.command('/handle', async ({ ack }) => {
            await ack('pong');
          });
        },
      },
      async ({ post }) => {
        expect(await post(command())).toMatchObject({ body: 'pong' });
      },
    ));
});

describe('an answer that comes too late', () => {
  const slow =
    'This takes longer than Slack waits for an answer. It goes on; `/handle requests` shows what became of it.';

  it('is given by the guard, and the late one of the listener changes nothing and disturbs no work', async () => {
    const { answers, steps, run } = harness({ answerWithinMs: 10 });
    const late = deferred();
    const running = run({ command: '/handle', trigger_id: 't' }, async ({ ack }) => {
      await late.promise;
      await ack('too late');
      steps.push('the work went on');
    });
    expect(await answers.next()).toEqual({ response_type: 'ephemeral', text: slow });
    late.resolve();
    await running;
    expect(answers.rest()).toEqual([]);
    expect(steps).toEqual(['the work went on']);
  });

  it('is in the form when it was a form', async () => {
    const { answers, run } = harness({ answerWithinMs: 10 });
    const late = deferred();
    const running = run({ type: 'view_submission', trigger_id: 't' }, () => late.promise);
    expect(await answers.next()).toMatchObject({
      response_action: 'update',
      view: { title: { text: 'Still working' }, blocks: [{ text: { text: slow } }] },
    });
    late.resolve();
    await running;
  });

  it('is a second one: it is dropped', async () => {
    const { answers, run, log } = harness({});
    await run({ command: '/handle', trigger_id: 't' }, async ({ ack }) => {
      await ack('first');
      await ack('second');
    });
    expect(answers.rest()).toEqual(['first']);
    expect(log.text()).toContain('a listener answered Slack a second time or too late');
  });
});

describe('an answer that cannot be delivered', () => {
  it('stops the listener, because the person sees a failure and will try again', async () => {
    const { steps, run, log } = harness({
      ack: () => Promise.reject(new Error('no active connection')),
    });
    await run({ command: '/handle', trigger_id: 't' }, async ({ ack }) => {
      await ack();
      steps.push('work');
    });
    expect(steps).toEqual([]);
    expect(log.text()).toContain('no active connection');
  });

  it('does no harm when it is the guard that answers', async () => {
    const { run, log } = harness({ ack: () => Promise.reject(new Error('no connection')) });
    await run({ command: '/handle', trigger_id: 't' }, () => Promise.resolve());
    expect(log.text()).toContain('Slack could not be answered');
  });
});

it('survives a delivery without a body', async () => {
  const { answers, run, steps } = harness({});
  await run(null, () => {
    steps.push('ran');
    return Promise.resolve();
  });
  expect(steps).toEqual([]);
  expect(answers.rest()).toEqual([undefined]);
});

const deferred = () => {
  let resolve: () => void = nothing;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

const noReceiver = { init: nothing, start: () => Promise.resolve(), stop: () => Promise.resolve() };

/** The guard alone, around a listener in the place of Bolt. */
const harness = (options: Partial<IngressOptions> & { readonly ack?: () => Promise<void> }) => {
  const log = createLog();
  const given: unknown[] = [];
  let heard: () => void = nothing;
  const ingress = createIngress({
    deliveries: remember(),
    log: log.log,
    now: () => new Date(),
    newSupportId: () => 'SUPPORT1',
    installation: { teamId: 'T0TEAM' },
    ...options,
  });
  const ack = (answer: unknown) => {
    given.push(answer);
    heard();
    return options.ack?.() ?? Promise.resolve();
  };
  const answers = {
    next: async (): Promise<unknown> => {
      if (given.length === 0) await new Promise<void>((resolve) => (heard = resolve));
      return given.shift();
    },
    rest: () => given.splice(0),
  };
  const run = (
    body: Record<string, unknown> | null,
    listener: (event: ReceiverEvent) => Promise<void>,
  ) => {
    const app = new App({ receiver: noReceiver, authorize: () => Promise.resolve({}) });
    app.processEvent = listener;
    const event: ReceiverEvent = { body: { team_id: 'T0TEAM', ...body }, ack };
    if (body === null) Reflect.deleteProperty(event, 'body');
    return ingress.guard(app).processEvent(event);
  };
  return { log, steps: new Array<string>(), answers, run };
};

const read = (json: string): unknown => JSON.parse(json);
