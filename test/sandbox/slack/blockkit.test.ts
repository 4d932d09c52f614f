import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { blockKitSchema } from '../../../src/sandbox/slack/blockkit/blockkit.schema.generated.js';
import { createBlockKitCheck, worded } from '../../../src/sandbox/slack/blockkit/check.js';
import { messageProblems, viewProblems } from '../../../src/sandbox/slack/blockkit/limits.js';
import { schemaCheck as schema } from '../../../src/sandbox/slack/blockkit/schema-check.js';
import { badMessages, badViews, goodMessages, goodViews } from './blockkit-fixtures.js';
import { option, plain } from './views.js';

const both = createBlockKitCheck();

/** What JSON cannot say is not there for Slack either. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Laws between places, which JSON Schema has no words for. */
const beyondSchema = new Set([
  'two of one action_id',
  'two of one block_id',
  'a foreign initial option',
  'two long markdowns',
  'two tables',
  'min_length above max_length',
  'a table in a modal',
  'an empty text in rich text',
  'a button that leads nowhere on the web',
  'no blocks',
  'two inputs in focus',
  'an initial value above max_length',
]);

describe('the schema', () => {
  it('is one, which the sandbox takes on trust', () => {
    expect(new Ajv({ strict: false }).validateSchema(blockKitSchema)).toBe(true);
  });
});

describe('Block Kit takes', () => {
  it.each(goodMessages)('a message with %s', (_what, blocks) => {
    expect(messageProblems(sent(blocks))).toEqual([]);
    expect(schema.message(sent(blocks))).toEqual([]);
  });

  it.each(goodViews)('a view with %s', (_what, view) => {
    expect(viewProblems(sent(view))).toEqual([]);
    expect(schema.view(sent(view))).toEqual([]);
  });
});

describe('Block Kit refuses', () => {
  it.each(badMessages)('a message with %s', (what, blocks, message) => {
    expect(messageProblems(sent(blocks)).map(worded)).toEqual([message]);
    expect(schema.message(sent(blocks)).length).toBe(beyondSchema.has(what) ? 0 : 1);
  });

  it.each(badViews)('a view with %s', (what, view, message) => {
    expect(viewProblems(sent(view)).map(worded)).toEqual([message]);
    expect(schema.view(sent(view)).length).toBe(beyondSchema.has(what) ? 0 : 1);
  });

  it('what only the schema knows', () => {
    const element = { type: 'rich_text_section', elements: [{ type: 'shout', text: 'x' }] };
    const blocks = [{ type: 'rich_text', elements: [element] }];
    expect(messageProblems(blocks)).toEqual([]);
    expect(both.message(blocks)).toMatchObject([
      { message: expect.stringMatching(/^failed to match schema: /) },
    ]);
  });

  it('an answer with options that is neither options nor groups, or both', () => {
    const groups = [{ label: plain('x'), options: [option('a')] }];
    const exactly = ['must provide exactly one of: options, option_groups [json-pointer:]'];
    expect(both.suggestions({}).map(worded)).toEqual(exactly);
    expect(both.suggestions({ options: [], option_groups: [] }).map(worded)).toEqual(exactly);
    expect(both.suggestions({ options: [] })).toEqual([]);
    expect(both.suggestions({ options: [option('a')] })).toEqual([]);
    expect(both.suggestions({ option_groups: groups })).toEqual([]);
    expect(both.suggestions({ options: [option('a'.repeat(76))] }).map(worded)).toEqual([
      'must be less than 76 characters [json-pointer:/options/0/text/text]',
    ]);
  });
});

/** One code point, of any plane. */
const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });

describe('the length of a text', () => {
  it('is counted in code points, by both opinions alike', () => {
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 145, maxLength: 155, size: 'max' }),
        (characters) => {
          const text = characters.join('');
          const blocks = [{ type: 'header', text: plain(text) }];
          const fits = characters.length <= 150;
          expect(messageProblems(blocks).length === 0).toBe(fits);
          expect(schema.message(blocks).length === 0).toBe(fits);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('any value at all', () => {
  it('gets an answer and never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Array.isArray(both.message(value))).toBe(true);
        expect(Array.isArray(both.view(value))).toBe(true);
        expect(Array.isArray(both.message([value]))).toBe(true);
      }),
    );
  });
});
