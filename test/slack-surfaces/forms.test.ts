import { describe, expect, it } from '@jest/globals';
import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { grant } from '../../src/changes/grant/index.js';
import type { Field, FormValues } from '../../src/changes/form.js';
import { register } from '../../src/changes/register/index.js';
import type { Actor } from '../../src/requests/person.js';
import { completeValues } from '../../src/sandbox/slack/blockkit/values.js';
import { block } from '../../src/sandbox/slack/blockkit/shapes.js';
import { drawForm, type FormNotes } from '../../src/slack/surfaces/forms/draw-form.js';
import { readForm } from '../../src/slack/surfaces/forms/read-form.js';
import { drawn, expectValidView } from './valid.js';

const by: Actor = { id: 'U0LENA', standing: 'member', usergroups: [], onezone: [], linkedBy: [] };

/** One of each kind. */
const fields: readonly Field[] = [
  { kind: 'service', key: 'service', label: 'Handle service' },
  { kind: 'people', key: 'people', label: 'Who', hint: 'One to fifty.', max: 50 },
  {
    kind: 'choice',
    as: 'radio',
    key: 'level',
    label: 'Access',
    options: [
      { value: 'use', text: 'Use', description: 'May use it.' },
      { value: 'own', text: 'Own' },
    ],
  },
  {
    kind: 'choice',
    as: 'menu',
    key: 'type',
    label: 'Type',
    options: [
      { value: 'DOI', text: 'DOI' },
      { value: 'PID', text: 'PID' },
    ],
    reshapes: true,
  },
  { kind: 'line', key: 'DOI.path', label: 'Path', initial: '/doi' },
  { kind: 'paragraph', key: 'about', label: 'About', placeholder: 'What is it?', optional: true },
  { kind: 'day', key: 'day', label: 'Until', optional: true },
  {
    kind: 'flag',
    key: 'flag',
    label: 'Options',
    text: 'Override',
    about: 'Or not.',
    optional: true,
  },
];
const all = {
  service: { value: 'service-datacite', text: 'DataCite' },
  people: ['U0LENA', 'U0OMAR'],
  level: 'own',
  type: 'PID',
  'DOI.path': '/other',
  about: 'Survey data',
  day: '2026-12-31',
  flag: true,
};

function draw(values: FormValues, notes: FormNotes = {}, shown = fields): ModalView {
  const view = drawForm(grant, { fields: shown, by, values }, notes);
  expectValidView(view);
  return view;
}

/** As Slack gives it back when nobody has touched it. */
const sent = ({ blocks, private_metadata = '' }: ModalView) => ({
  state: { values: completeValues(block.array().parse(blocks), {}) },
  private_metadata,
});

const inputsOf = ({ blocks }: ModalView) =>
  block
    .array()
    .parse(blocks)
    .filter(({ type }) => type === 'input');

describe('the form of a change', () => {
  it('has a block for each field under its key, the reason last, and small print below', () => {
    const view = draw(all, { rule: 'Needs the agreement of one curator.' });
    expect(view.callback_id).toBe('form:grant');
    expect(drawn(view)).toMatchInlineSnapshot(`
     [
       "Request access",
       "Cancel",
       "Send",
       "Handle service",
       "Type a part of its name",
       "DataCite",
       "Who",
       "One to fifty.",
       "Access",
       "Use",
       "May use it.",
       "Own",
       "Own",
       "Type",
       "DOI",
       "PID",
       "PID",
       "Path",
       "About",
       "What is it?",
       "Until",
       "Options",
       "Override",
       "Or not.",
       "Override",
       "Or not.",
       "Why",
       "The approvers see this.",
       "What will they register, for which project?",
       "Needs the agreement of one curator.",
       "Every member of a handle service can read its registrar password through Onezone’s API.",
     ]
    `);
    expect(inputsOf(view).map(({ block_id }) => block_id)).toEqual([
      ...fields.map(({ key }) => key),
      'reason',
    ]);
    expect(inputsOf(view).map(({ element }) => element?.action_id)).toEqual([
      'service_pick',
      'people_pick',
      'level_pick',
      'reshape:grant',
      'DOI.path_text',
      'about_text',
      'day_pick',
      'flag_tick',
      'reason_text',
    ]);
    const reshaping = inputsOf(view).filter((one) => one['dispatch_action'] === true);
    expect(reshaping.map(({ block_id }) => block_id)).toEqual(['type']);
  });

  it('shows a notice above, problems right below their fields, and what has to be confirmed', () => {
    const view = draw(all, {
      notice: 'Ask <@U0ADA>.',
      problems: { people: 'Nobody knows <@U0OMAR>.', reason: 'Say why.' },
      confirm: { pairs: ['U0OMAR:onezone-omar'], says: 'Omar is omar.' },
    });
    const seen = drawn(view);
    expect(seen[3]).toBe('⚠️ Ask <@U0ADA>.');
    expect(seen[seen.indexOf('One to fifty.') + 1]).toBe('⚠️ Nobody knows <@U0OMAR>.');
    expect(inputsOf(view).at(-1)).toMatchObject({ block_id: 'confirm', optional: false });
    expect(seen.indexOf('⚠️ Say why.')).toBeLessThan(seen.indexOf('Is this the right person?'));
  });

  it('asks for no reason where none is wanted', () => {
    const view = drawForm({ ...grant, reason: null }, { fields, by, values: {} });
    expect(inputsOf(view).map(({ block_id }) => block_id)).not.toContain('reason');
  });

  it('keeps the sign of the bot’s own warnings', () => {
    const values = { proxyEndpoint: 'localhost:17000' };
    const view = drawForm(register, { fields, by, values });
    expect(drawn(view).at(-1)).toMatch(/^:warning: The address has no https:/);
  });
});

describe('a form that comes back', () => {
  it('holds what it was drawn with, and the reason apart from it', () => {
    const read = readForm(sent(draw({ ...all, reason: 'For my thesis' })));
    expect(read).toEqual({
      values: all,
      reason: 'For my thesis',
      confirm: [],
      blocks: [...fields.map(({ key }) => key), 'reason'],
    });
  });

  it('starts with the first choice and with what a field suggests; what is empty is left out', () => {
    expect(readForm(sent(draw({}))).values).toEqual({
      people: [],
      level: 'use',
      type: 'DOI',
      'DOI.path': '/doi',
      about: '',
      flag: false,
    });
  });

  it('keeps a text that somebody emptied empty', () => {
    const { values } = readForm(sent(draw({ 'DOI.path': '' })));
    expect(values).toMatchObject({ 'DOI.path': '' });
    expect(readForm(sent(draw(values))).values).toMatchObject({ 'DOI.path': '' });
  });

  it('remembers what another shape of it does not show', () => {
    const some = fields.filter(({ key }) => key === 'type' || key === 'people');
    const other = readForm(sent(draw(all, {}, some)));
    expect(other.values).toEqual(all);
    expect(other.blocks).toEqual(['people', 'type', 'reason']);
    expect(readForm(sent(draw(other.values))).values).toEqual(all);
  });

  it('remembers nothing rather than too much, but always what is to be confirmed', () => {
    const pairs = Array.from({ length: 50 }, (_, at) => `U0000000${at}:${'f'.repeat(40)}`);
    const confirm = { pairs, says: 'All of them.' };
    const people = pairs.map((pair) => pair.split(':')[0] ?? '');
    const view = draw({ people, other: 'x'.repeat(3000) }, { confirm });
    const values = completeValues(block.array().parse(view.blocks), {});
    const ticked = {
      confirm: { confirm_tick: { type: 'checkboxes', selected_options: [tick] } },
    };
    const state = { values: { ...values, ...ticked } };
    const read = readForm({ state, private_metadata: view.private_metadata ?? '' });
    expect(read.values).not.toHaveProperty('other');
    expect(read.confirm).toHaveLength(50);
    expect(read.confirm[0]).toEqual({ slack: 'U00000000', onezone: 'f'.repeat(40) });
  });

  it('confirms only with the tick, and nobody who was taken out again', () => {
    const confirm = { pairs: ['U0LENA:one', 'U0OMAR:two'], says: 'Both.' };
    const untouched = sent(draw(all, { confirm }));
    expect(readForm(untouched).confirm).toEqual([]);
    const values = {
      ...untouched.state.values,
      people: { people_pick: { type: 'multi_users_select', selected_users: ['U0OMAR'] } },
      confirm: { confirm_tick: { type: 'checkboxes', selected_options: [tick] } },
    };
    const read = readForm({ ...untouched, state: { values } });
    expect(read.confirm).toEqual([{ slack: 'U0OMAR', onezone: 'two' }]);
  });

  it('gives back whatever was typed into it', () => {
    const texts = fc.record({
      'DOI.path': fc.string({ unit: 'grapheme', maxLength: 60 }),
      about: fc.string({ unit: 'grapheme', maxLength: 60 }),
      hidden: fc.string({ unit: 'grapheme', maxLength: 60 }),
      day: fc.constantFrom('2026-01-01', '2027-02-28'),
      level: fc.constantFrom('use', 'own'),
      flag: fc.boolean(),
    });
    fc.assert(
      fc.property(texts, (values) => {
        expect(readForm(sent(draw(values))).values).toMatchObject(values);
      }),
    );
  });
});

const tick = { value: 'yes', text: { type: 'plain_text', text: 'Yes' } };
