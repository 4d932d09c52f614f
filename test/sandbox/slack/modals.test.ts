import type { App } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { afterEach, describe, expect, it } from '@jest/globals';
import { withHttpBot, type Running } from './a-bot.js';
import { modal, option, plain, textInput } from './views.js';

let running: Running | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
});

async function start(...args: Parameters<typeof withHttpBot>): Promise<Running> {
  running = await withHttpBot(...args);
  return running;
}

/** `/open` opens this view. */
function opens(app: App, view: ModalView): void {
  app.command('/open', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
}

async function opened({ slack, lena }: Running) {
  const person = slack.as(lena);
  await person.types('/open');
  await slack.until(() => person.modal !== null, 'a modal is open');
  return person;
}

const everyInput: KnownBlock[] = [
  textInput('why'),
  textInput('url', { optional: true, element: { type: 'url_text_input', action_id: 'url_text' } }),
  {
    type: 'input',
    block_id: 'kind',
    label: plain('Kind'),
    optional: true,
    element: { type: 'static_select', action_id: 'kind_pick', options: [option('a'), option('b')] },
  },
  {
    type: 'input',
    block_id: 'who',
    label: plain('Who'),
    optional: true,
    element: { type: 'multi_users_select', action_id: 'who_pick' },
  },
  {
    type: 'input',
    block_id: 'when',
    label: plain('When'),
    optional: true,
    element: { type: 'datepicker', action_id: 'when_pick', initial_date: '2026-11-22' },
  },
];

describe('a modal', () => {
  it('is submitted with the values of all its inputs, also the untouched ones', async () => {
    const at = await start((app) => {
      opens(app, modal('form', everyInput, { private_metadata: 'm' }));
      app.view('form', async ({ ack }) => ack());
    });
    const person = await opened(at);
    const delivery = await person.submits({ why: 'because', kind: 'b', who_pick: [at.omar] });
    expect(delivery).toMatchObject({ kind: 'view_submission', outcome: 'ok', name: 'form' });
    expect(delivery.payload).toMatchObject({
      type: 'view_submission',
      response_urls: [],
      view: {
        callback_id: 'form',
        private_metadata: 'm',
        previous_view_id: null,
        state: {
          values: {
            why: { why_text: { type: 'plain_text_input', value: 'because' } },
            url: { url_text: { type: 'url_text_input', value: null } },
            kind: { kind_pick: { type: 'static_select', selected_option: option('b') } },
            who: { who_pick: { type: 'multi_users_select', selected_users: [at.omar] } },
            when: { when_pick: { type: 'datepicker', selected_date: '2026-11-22' } },
          },
        },
      },
    });
    expect(person.modal).toBeNull();
  });

  it('is not submitted before Slack is content with it', async () => {
    const at = await start((app) => {
      const number = { type: 'number_input', action_id: 'n', is_decimal_allowed: false } as const;
      opens(
        app,
        modal('form', [
          textInput('why', {
            element: { type: 'plain_text_input', action_id: 't', min_length: 3, max_length: 5 },
          }),
          textInput('count', { element: { ...number, min_value: '2', max_value: '9' } }),
          textInput('mail', { element: { type: 'email_text_input', action_id: 'm' } }),
          textInput('url', { element: { type: 'url_text_input', action_id: 'u' } }),
          textInput('note'),
        ]),
      );
    });
    const person = await opened(at);
    const values = { why: '🙂🙂', count: 1, mail: 'lena', url: 'ftp://x' };
    const first = await person.submits(values);
    expect(first).toMatchObject({ outcome: 'not_delivered', why: 'the form is not filled in' });
    expect(first.errors).toEqual({
      why: 'Please enter at least 3 characters.',
      count: 'Please enter a number of at least 2.',
      mail: 'Please enter a valid email address.',
      url: 'Please enter a valid URL.',
      note: 'Please complete this required field.',
    });
    expect(person.modal?.errors).toEqual(first.errors);
    const second = await person.submits({ why: '🙂🙂🙂🙂🙂🙂', count: '1.5' });
    expect(second.errors).toMatchObject({
      why: 'Please enter at most 5 characters.',
      count: 'Please enter a valid number.',
    });
  });

  it('shows the errors of the bot until the next submission', async () => {
    let good = false;
    const at = await start((app) => {
      opens(app, modal('form', [textInput('why')]));
      app.view('form', async ({ ack }) =>
        good ? ack() : ack({ response_action: 'errors', errors: { why: 'Not enough.' } }),
      );
    });
    const person = await opened(at);
    const refused = await person.submits({ why: 'x' });
    expect(refused).toMatchObject({ outcome: 'ok', errors: { why: 'Not enough.' } });
    expect(person.modal?.errors).toEqual({ why: 'Not enough.' });
    good = true;
    expect(await person.submits()).not.toHaveProperty('errors');
    expect(person.modal).toBeNull();
  });

  it.each([
    [
      'errors for a block that is none of its inputs',
      { response_action: 'errors', errors: { other: 'x' } },
      'errors for what is no input block of this view: other',
    ],
    [
      'an update with an invalid view',
      {
        response_action: 'update',
        view: { ...modal('x', [textInput('why')]), title: plain('x'.repeat(25)) },
      },
      'invalid_arguments [ERROR] failed to match all allowed schemas [json-pointer:/view] ' +
        '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    ['an unknown answer', { response_action: 'close' }, 'this is no answer to a view_submission'],
    [
      'errors that name none',
      { response_action: 'errors', errors: {} },
      'this is no answer to a view_submission',
    ],
    [
      'an answer that does not say that it is JSON',
      '{"response_action":"clear"}',
      'the answer is not application/json',
    ],
  ] as const)('stays open with trouble after %s', async (_what, answer, why) => {
    const at = await start((app) => {
      opens(app, modal('form', [textInput('why')]));
      app.view('form', async ({ ack }) => {
        // As wrong as the wire lets it be.
        await Reflect.apply(ack, null, [answer]);
      });
    });
    const person = await opened(at);
    expect(await person.submits({ why: 'x' })).toMatchObject({ outcome: 'invalid_ack', why });
    expect(person.trouble).toBe('We had some trouble connecting. Try again?');
    expect(person.modal?.callback_id).toBe('form');
  });

  it('is updated in place, and what was typed outlives the update where the input stays the same', async () => {
    const at = await start((app) => {
      opens(app, modal('one', [textInput('why'), textInput('other')]));
      app.view('one', async ({ ack }) => {
        const kept = textInput('why', {
          element: { type: 'plain_text_input', action_id: 'why_text', initial_value: 'new' },
        });
        const fresh = textInput('other', {
          element: { type: 'plain_text_input', action_id: 'another', initial_value: 'new' },
        });
        await ack({ response_action: 'update', view: modal('two', [kept, fresh]) });
      });
    });
    const person = await opened(at);
    const before = person.modal;
    await person.submits({ why: 'typed', other: 'typed' });
    expect(person.modal).toMatchObject({
      id: before?.id,
      callback_id: 'two',
      values: { why: { why_text: { value: 'typed' } }, other: { another: { value: 'new' } } },
    });
    expect(person.modal?.hash).not.toBe(before?.hash);
  });

  it('stacks to three, and closing goes down one or all', async () => {
    const at = await start((app) => {
      opens(app, modal('v1', [textInput('a')], { notify_on_close: true }));
      app.view(/^v\d$/, async ({ ack, view }) => {
        const next = `v${Number(view.callback_id.slice(1)) + 1}`;
        const pushed = modal(next, [textInput('a')], { notify_on_close: true });
        await ack({ response_action: 'push', view: pushed });
      });
      app.view({ callback_id: /^v\d$/, type: 'view_closed' }, async ({ ack }) => ack());
    });
    const person = await opened(at);
    const root = person.modal?.id;
    await person.submits({ a: '1' });
    await person.submits({ a: '2' });
    expect(person.modal).toMatchObject({ callback_id: 'v3', root_view_id: root });
    expect(await person.submits({ a: '3' })).toMatchObject({
      outcome: 'invalid_ack',
      why: 'push_limit_reached',
    });
    const closed = await person.closes();
    expect(closed?.payload).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { callback_id: 'v3' },
    });
    expect(closed?.payload).not.toHaveProperty('trigger_id');
    expect(person.modal?.callback_id).toBe('v2');
    expect((await person.closes({ all: true }))?.payload).toMatchObject({ is_cleared: true });
    expect(person.modal).toBeNull();
  });

  it('that did not ask to be told of its closing closes in silence', async () => {
    const at = await start((app) => {
      opens(app, modal('form', [textInput('a')]));
    });
    const person = await opened(at);
    expect(await person.closes()).toBeNull();
    await expect(person.closes()).rejects.toThrow(`${at.lena} has no modal open.`);
  });

  it('gives a response_url for a conversation where the form asks for it', async () => {
    const at = await start((app) => {
      const element = {
        type: 'conversations_select',
        action_id: 'c',
        response_url_enabled: true,
      } as const;
      opens(app, modal('form', [textInput('where', { element })]));
      app.view('form', async ({ ack }) => ack());
    });
    const person = await opened(at);
    const { payload } = await person.submits({ where: at.general });
    expect(payload['response_urls']).toMatchObject([
      { block_id: 'where', action_id: 'c', channel_id: at.general },
    ]);
  });
});

describe('an input that tells the bot at once', () => {
  it('sends block_actions with the view and the values so far', async () => {
    const seen: unknown[] = [];
    const at = await start((app) => {
      opens(
        app,
        modal('form', [
          textInput('why'),
          textInput('kind', {
            dispatch_action: true,
            element: { type: 'static_select', action_id: 'kind_pick', options: [option('a')] },
          }),
        ]),
      );
      app.action('kind_pick', async ({ ack, body, client }) => {
        await ack();
        if (body.type !== 'block_actions' || body.view === undefined) return;
        const view = modal('form', [textInput('why'), textInput('more')]);
        const { id: view_id, hash } = body.view;
        seen.push(await client.views.update({ view_id, hash, view }));
        seen.push(
          await client.views.update({ view_id, hash, view }).catch((error: unknown) => error),
        );
      });
    });
    const person = await opened(at);
    person.fills({ why: 'typed' });
    await expect(person.picks('why_text', 'x')).rejects.toThrow(
      'why_text tells the bot nothing before the form is submitted.',
    );
    const delivery = await person.picks('kind_pick', 'a');
    expect(delivery.payload).toMatchObject({
      container: { type: 'view', view_id: person.modal?.id },
      view: { state: { values: { why: { why_text: { value: 'typed' } } } } },
      actions: [{ action_id: 'kind_pick', block_id: 'kind', selected_option: option('a') }],
    });
    expect(delivery.payload).not.toHaveProperty('response_url');
    expect(delivery.payload).not.toHaveProperty('channel');
    await at.slack.until(() => seen.length === 2, 'both updates are answered');
    expect(seen).toMatchObject([{ ok: true }, { data: { ok: false, error: 'hash_conflict' } }]);
    expect(person.modal?.values).toMatchObject({
      why: { why_text: { value: 'typed' } },
      more: { more_text: { value: null } },
    });
  });

  it('offers only what it offers', async () => {
    const at = await start((app) => {
      opens(app, modal('form', everyInput));
    });
    const person = await opened(at);
    expect(() => {
      person.fills({ kind: 'c' });
    }).toThrow('kind_pick does not offer c; it offers: a, b');
    expect(() => {
      person.fills({ nothing: 'c' });
    }).toThrow('This form has no nothing; it has: why, url, kind, who, when.');
  });
});

describe('an external select', () => {
  const form = modal('form', [
    textInput('svc', {
      element: { type: 'external_select', action_id: 'svc_pick', min_query_length: 2 },
    }),
  ]);

  it('asks the bot for options, from its shortest query on, and takes only what was found', async () => {
    const at = await start((app) => {
      opens(app, form);
      app.options('svc_pick', async ({ ack, options }) => {
        await ack({ options: options.value === 'none' ? [] : [option(`${options.value}-1`)] });
      });
      app.view('form', async ({ ack }) => ack());
    });
    const person = await opened(at);
    expect(await person.searches('svc_pick', 'd')).toEqual([]);
    expect(at.slack.deliveries.filter(({ kind }) => kind === 'block_suggestion')).toEqual([]);
    expect(await person.searches('svc_pick', 'none')).toEqual([]);
    expect(person.trouble).toBeNull();
    expect(await person.searches('svc_pick', 'doi')).toEqual([option('doi-1')]);
    const asked = at.slack.deliveries.at(-1)?.payload;
    expect(asked).toMatchObject({
      type: 'block_suggestion',
      action_id: 'svc_pick',
      block_id: 'svc',
      value: 'doi',
      container: { type: 'view' },
    });
    expect(asked).not.toHaveProperty('trigger_id');
    expect(() => {
      person.fills({ svc: 'doi-2' });
    }).toThrow('svc_pick does not offer doi-2; it offers: doi-1');
    expect(await person.submits({ svc: 'doi-1' })).toMatchObject({ outcome: 'ok' });
  });

  it('does not take options beyond the limits', async () => {
    const at = await start((app) => {
      opens(app, form);
      app.options('svc_pick', async ({ ack }) => {
        await ack({ options: Array.from({ length: 101 }, (_, index) => option(String(index))) });
      });
    });
    const person = await opened(at);
    expect(await person.searches('svc_pick', 'doi')).toEqual([]);
    expect(person.trouble).toBe('The options could not be loaded.');
    expect(at.slack.deliveries.at(-1)).toMatchObject({
      outcome: 'invalid_ack',
      why: 'no more than 100 items allowed [json-pointer:/options]',
    });
  });
});
