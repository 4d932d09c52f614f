import fc from 'fast-check';
import { ZodError } from 'zod';
import { heardIn } from '../../src/slack/listeners/heard.js';
import * as payloads from '../../src/slack/listeners/payloads.js';
import { readSubmission } from '../../src/operations/submission.js';
import { readDelivery } from '../../src/slack/transport/delivery.js';
import { json, nearly, text } from './inputs.js';
import { must, orRefuses, type Property, property } from './property.js';

const user = fc.record({ id: text });
const view = nearly({
  id: text,
  callback_id: text,
  private_metadata: text,
  hash: text,
  type: text,
  state: json('values'),
});
const action = nearly({ action_id: text, value: text, selected_option: nearly({ value: text }) });

const bodies = nearly({
  type: fc.constantFrom('block_actions', 'view_submission', 'block_suggestion', 'shortcut', ''),
  command: text,
  text,
  event: json('type', 'user'),
  event_id: text,
  user,
  user_id: text,
  channel: nearly({ id: text }),
  channel_id: text,
  trigger_id: text,
  response_url: text,
  action_id: text,
  value: text,
  tab: text,
  view,
  actions: fc.array(action, { maxLength: 2 }),
});

const { CommandBody, ActionBody, SubmissionBody, ShortcutBody, OptionsBody, HomeOpened } = payloads;

/** What Slack delivers, and what of it is kept for the worker. */
export const payloadProperties: readonly Property[] = [
  property('the outside of a delivery', bodies, (body) => {
    const delivery = readDelivery(body);
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    must((delivery !== null) === isObject, 'an object is a delivery, and nothing else is');
    must(delivery?.kind !== 'options' || delivery.key === null, 'a typeahead has a key');
  }),
  property('a payload', bodies, (body) => {
    for (const schema of [CommandBody, SubmissionBody, ShortcutBody, OptionsBody]) {
      orRefuses(() => schema.parse(body), ZodError);
    }
    orRefuses(() => HomeOpened.parse(body), ZodError);
    heardIn(body, 'U0BOT');
    const pressed = orRefuses(() => ActionBody.parse(body), ZodError);
    if (pressed !== undefined) {
      must(typeof payloads.valueOf(pressed) === 'string', 'a button carries a text');
      payloads.channelOf(pressed);
    }
  }),
  property(
    'a stored submission',
    nearly({
      kind: fc.constantFrom('ask', 'decide', 'withdraw', 'link', 'unlink'),
      by: fc.constantFrom('U0LENA', ''),
      view: fc.option(text),
      channel: fc.option(text),
      id: fc.constantFrom('R-00000001', 'x'),
      values: json('service', 'people'),
      confirm: json('slack', 'onezone'),
      reason: text,
      change: text,
    }).map((it) => JSON.stringify(it)),
    (submission) => {
      orRefuses(() => readSubmission({ submission }), ZodError);
    },
  ),
];
