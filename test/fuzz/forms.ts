import fc from 'fast-check';
import { type z, ZodError } from 'zod';
import { ExtendAsk } from '../../src/changes/extend/ask.js';
import { GrantAsk } from '../../src/changes/grant/ask.js';
import { problemsOf, parseAsk } from '../../src/changes/parse-ask.js';
import { RegisterAsk } from '../../src/changes/register/ask.js';
import { RevokeAsk } from '../../src/changes/revoke/ask.js';
import { Refusal } from '../../src/errors.js';
import { readDecision } from '../../src/slack/listeners/decision-form.js';
import { readProof } from '../../src/slack/surfaces/forms/proof-form.js';
import { readMetadata, writeMetadata } from '../../src/slack/surfaces/forms/metadata.js';
import { readForm } from '../../src/slack/surfaces/forms/read-form.js';
import { blocksIn, readValues } from '../../src/slack/surfaces/forms/read-values.js';
import { limits } from '../../src/slack/surfaces/render/limits.js';
import { json, nearly, text } from './inputs.js';
import { must, orRefuses, type Property, property } from './property.js';

const option = nearly({ value: text, text: nearly({ text }) });
const input = nearly({
  type: fc.constantFrom(
    ...['plain_text_input', 'external_select', 'static_select', 'radio_buttons', 'checkboxes'],
    ...['multi_users_select', 'users_select', 'datepicker'],
  ),
  value: fc.option(text),
  selected_option: fc.option(option),
  selected_options: fc.array(option, { maxLength: 2 }),
  selected_users: fc.array(text, { maxLength: 3 }),
  selected_user: fc.option(text),
  selected_date: fc.option(text),
});
const blocks = [
  'service',
  'people',
  'level',
  'duration',
  'reason',
  'confirm',
  'verdict',
  'comment',
];
const block = fc.oneof(fc.constantFrom('__proto__', ...blocks), text);
const state = nearly({
  values: fc.dictionary(block, fc.dictionary(text, input, { maxKeys: 2 }), { maxKeys: 5 }),
});
const metadata = fc.oneof(
  text,
  nearly({
    remembered: json('value', 'text'),
    confirm: fc.array(text, { maxLength: 3 }),
    request: fc.constantFrom('R-00000001', 'x'),
    effect: fc.option(text),
  }).map((it) => JSON.stringify(it)),
);
const values = nearly(
  Object.fromEntries(
    [...blocks, 'name', 'until', 'registrar'].map((key) => [key, json('value', 'text')]),
  ),
);

const asks: readonly z.ZodType[] = [GrantAsk, RegisterAsk, ExtendAsk, RevokeAsk];

/** What stands in a form that comes back. */
export const formProperties: readonly Property[] = [
  property('the state of a view', state, (it) => {
    const held = orRefuses(() => readValues(it), ZodError);
    if (held === undefined) return;
    const known = blocksIn(it);
    must(
      Object.keys(held).every((key) => known.includes(key)),
      'there is a value of no block',
    );
  }),
  property('a form', fc.tuple(state, metadata), ([held, carried]) => {
    orRefuses(() => readForm({ state: held, private_metadata: carried }), ZodError);
    orRefuses(() => readProof(held), ZodError);
    const view = { id: 'V1', callback_id: '', private_metadata: carried, state: held };
    orRefuses(() => readDecision({ user: { id: 'U0LENA' }, trigger_id: '', view }), ZodError);
  }),
  property('what a form carries unseen', metadata, (carried) => {
    const read = orRefuses(() => readMetadata(carried), ZodError);
    if (read === undefined) return;
    const written = writeMetadata({ ...read, confirm: [] });
    must(written.length <= 2 * limits.metadata, 'Slack would not take it');
    readMetadata(written);
  }),
  property('what a change is asked for', values, (it) => {
    for (const ask of asks) {
      orRefuses(() => parseAsk(ask, it), Refusal);
      const parsed = problemsOf(ask, it);
      must('ask' in parsed || Object.keys(parsed.problems).length > 0, 'refused, and not said why');
    }
  }),
];
