import { option, plain } from './views.js';

const of = (length: number) => 'x'.repeat(length);
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const many = (count: number, make: (index: number) => unknown) =>
  Array.from({ length: count }, (_, i) => make(i));
const options = (count: number) => many(count, (index) => option(String(index)));
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more });
const section = (more: object = {}) => ({ type: 'section', text: plain('x'), ...more });
const actions = (...elements: unknown[]) => [{ type: 'actions', elements }];
const input = (element: object, more: object = {}) => [
  { type: 'input', label: plain('x'), element, ...more },
];
const select = (more: object) => ({ type: 'static_select', ...more });
const text = (more: object = {}) => ({ type: 'plain_text_input', ...more });
const view = (more: object = {}) => ({
  type: 'modal',
  title: plain('x'),
  blocks: [{ type: 'divider' }],
  ...more,
});
const confirm = (more: object) => button({ confirm: { text: plain('x'), ...more } });

/** Blocks of a message that Slack takes: most just at a limit. */
export const goodMessages: readonly (readonly [string, unknown])[] = [
  ['no block at all', []],
  ['50 blocks', many(50, () => ({ type: 'divider' }))],
  ['a section of 3000 characters', [section({ text: mrkdwn(of(3000)) })]],
  ['3000 characters outside the first plane', [section({ text: plain('🙂'.repeat(3000)) })]],
  [
    'a section with 10 fields of 2000',
    [{ type: 'section', fields: many(10, () => mrkdwn(of(2000))) }],
  ],
  ['a header of 150', [{ type: 'header', text: plain(of(150)) }]],
  ['10 context elements', [{ type: 'context', elements: many(10, () => mrkdwn('x')) }]],
  ['25 buttons', actions(...many(25, (index) => button({ action_id: String(index) })))],
  [
    'a button of 75 with a value of 2000',
    actions(button({ text: plain(of(75)), value: of(2000) })),
  ],
  ['an action_id of 255', actions(button({ action_id: of(255) }))],
  ['a block_id of 255', [{ type: 'divider', block_id: of(255) }]],
  [
    'a whole confirmation',
    actions(
      confirm({
        title: plain(of(100)),
        text: mrkdwn(of(300)),
        confirm: plain(of(30)),
        deny: plain(of(30)),
      }),
    ),
  ],
  ['a select of 100 options', actions(select({ options: options(100) }))],
  ['an option value of 150', actions(select({ options: [{ text: plain('x'), value: of(150) }] }))],
  [
    '100 option groups',
    actions(
      select({ option_groups: many(100, () => ({ label: plain(of(75)), options: options(1) })) }),
    ),
  ],
  ['an overflow menu of 5', actions({ type: 'overflow', options: options(5) })],
  [
    '10 checkboxes in mrkdwn',
    actions({
      type: 'checkboxes',
      options: many(10, (i) => ({ text: mrkdwn('x'), value: String(i) })),
    }),
  ],
  [
    'an image by address',
    [{ type: 'image', image_url: 'https://x.org/i.png', alt_text: of(2000), title: plain('x') }],
  ],
  ['markdown of 12 000', [{ type: 'markdown', text: of(12_000) }]],
  ['one table', [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }]],
  [
    'rich text',
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
      },
    ],
  ],
  ['an alert', [{ type: 'alert', text: mrkdwn(of(200)), level: 'warning' }]],
  ['a placeholder of 150', actions({ type: 'users_select', placeholder: plain(of(150)) })],
  [
    'an initial option that is an option',
    actions(select({ options: options(2), initial_option: option('1') })),
  ],
];

export const goodViews: readonly (readonly [string, unknown])[] = [
  [
    'a title, submit and close of 24',
    view({ title: plain(of(24)), submit: plain(of(24)), close: plain(of(24)) }),
  ],
  ['100 blocks', view({ blocks: many(100, () => ({ type: 'divider' })) })],
  [
    'private_metadata of 3000',
    view({ private_metadata: of(3000), callback_id: of(255), external_id: of(255) }),
  ],
  [
    'an input with submit',
    view({ submit: plain('x'), blocks: input(text({ min_length: 0, max_length: 3000 })) }),
  ],
  [
    'a number input',
    view({
      submit: plain('x'),
      blocks: input({ type: 'number_input', is_decimal_allowed: true, min_value: '-1.5' }),
    }),
  ],
  ['a Home tab', { type: 'home', blocks: [section({ accessory: button() })] }],
];

/** What Slack refuses, with its words. */
export const badMessages: readonly (readonly [string, unknown, string])[] = [
  [
    'an empty text in rich text',
    [
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] },
          { type: 'rich_text_quote', elements: [{ type: 'text', text: '' }] },
        ],
      },
    ],
    'must be more than 0 characters [json-pointer:/blocks/0/elements/1/elements/0/text]',
  ],
  [
    'a button that leads nowhere on the web',
    actions(button({ url: 'javascript:alert(1)' })),
    'failed to match schema [json-pointer:/blocks/0/elements/0/url]',
  ],
  [
    '51 blocks',
    many(51, () => ({ type: 'divider' })),
    'no more than 50 items allowed [json-pointer:/blocks]',
  ],
  ['no list', { type: 'divider' }, 'must provide an array [json-pointer:/blocks]'],
  ['no object', ['x'], 'must provide an object [json-pointer:/blocks/0]'],
  ['no type', [{ text: plain('x') }], 'missing required field: type [json-pointer:/blocks/0]'],
  [
    'an unknown type',
    [{ type: 'sections' }],
    'unsupported type: sections [json-pointer:/blocks/0/type]',
  ],
  [
    'a type of Object.prototype',
    [{ type: 'constructor' }],
    'unsupported type: constructor [json-pointer:/blocks/0/type]',
  ],
  [
    'an unknown property',
    [section({ colour: 'red' })],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    'a section of 3001',
    [section({ text: mrkdwn(of(3001)) })],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'an empty text',
    [section({ text: plain('') })],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a section of nothing',
    [{ type: 'section' }],
    'missing required field: text or fields [json-pointer:/blocks/0]',
  ],
  [
    '11 fields',
    [{ type: 'section', fields: many(11, () => plain('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a field of 2001',
    [{ type: 'section', fields: [plain(of(2001))] }],
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'a header of 151',
    [{ type: 'header', text: plain(of(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a header in mrkdwn',
    [{ type: 'header', text: mrkdwn('x') }],
    'unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]',
  ],
  [
    '11 context elements',
    [{ type: 'context', elements: many(11, () => plain('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'a button in a context',
    [{ type: 'context', elements: [button()] }],
    'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    '26 buttons',
    actions(...many(26, () => button())),
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  ['no button', actions(), 'no fewer than 1 items allowed [json-pointer:/blocks/0/elements]'],
  [
    'a text field among buttons',
    actions(text()),
    'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'two of one action_id',
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
    'action_id already exists: a [json-pointer:/blocks/0/elements/1/action_id]',
  ],
  [
    'two of one block_id',
    [
      { type: 'divider', block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ],
    'block_id already exists: b [json-pointer:/blocks/1/block_id]',
  ],
  [
    'a block_id of 256',
    [{ type: 'divider', block_id: of(256) }],
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  [
    'a button of 76',
    actions(button({ text: plain(of(76)) })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'a value of 2001',
    actions(button({ value: of(2001) })),
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'an unknown style',
    actions(button({ style: 'default' })),
    'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
  ],
  [
    'a confirmation of 301',
    actions(confirm({ text: plain(of(301)) })),
    'must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]',
  ],
  [
    'a deny of 31',
    actions(confirm({ deny: plain(of(31)) })),
    'must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]',
  ],
  [
    '101 options',
    actions(select({ options: options(101) })),
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'no options',
    actions(select({ options: [] })),
    'no fewer than 1 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'options and groups',
    actions(
      select({ options: options(1), option_groups: [{ label: plain('x'), options: options(1) }] }),
    ),
    'must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'an option value of 151',
    actions(select({ options: [{ text: plain('x'), value: of(151) }] })),
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    'an option text of 76',
    actions(select({ options: [{ text: plain(of(76)), value: 'x' }] })),
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
  ],
  [
    'a foreign initial option',
    actions(select({ options: options(1), initial_option: option('x') })),
    'failed to match an option [json-pointer:/blocks/0/elements/0/initial_option]',
  ],
  [
    'an overflow menu of 6',
    actions({ type: 'overflow', options: options(6) }),
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    '11 radio buttons',
    actions({ type: 'radio_buttons', options: options(11) }),
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'a placeholder of 151',
    actions({ type: 'users_select', placeholder: plain(of(151)) }),
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
  ],
  [
    'an image without alt_text',
    [{ type: 'image', image_url: 'https://x.org' }],
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'an image from nowhere',
    [{ type: 'image', alt_text: 'x' }],
    'must provide exactly one of: image_url, slack_file [json-pointer:/blocks/0]',
  ],
  [
    'no date',
    actions({ type: 'datepicker', initial_date: '2026-13-01' }),
    'failed to match schema [json-pointer:/blocks/0/elements/0/initial_date]',
  ],
  [
    'no time',
    actions({ type: 'timepicker', initial_time: '24:00' }),
    'failed to match schema [json-pointer:/blocks/0/elements/0/initial_time]',
  ],
  [
    'markdown of 12 001',
    [{ type: 'markdown', text: of(12_001) }],
    'must be less than 12001 characters [json-pointer:/blocks/0/text]',
  ],
  [
    'two long markdowns',
    many(2, () => ({ type: 'markdown', text: of(6001) })),
    'markdown blocks must be less than 12001 characters together [json-pointer:/blocks]',
  ],
  [
    'two tables',
    many(2, () => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] })),
    'only one table is allowed [json-pointer:/blocks]',
  ],
  [
    '101 table rows',
    [{ type: 'table', rows: many(101, () => [{ type: 'raw_text', text: 'x' }]) }],
    'no more than 100 items allowed [json-pointer:/blocks/0/rows]',
  ],
];

export const badViews: readonly (readonly [string, unknown, string])[] = [
  ['no blocks', view({ blocks: [] }), 'no fewer than 1 items allowed [json-pointer:/view/blocks]'],
  [
    'two inputs in focus',
    view({
      submit: plain('x'),
      blocks: [
        { ...input(text({ focus_on_load: true }))[0], block_id: 'a' },
        { ...input(text({ focus_on_load: true }))[0], block_id: 'b' },
      ],
    }),
    'focus_on_load can be true for one element only [json-pointer:/view/blocks/1/element/focus_on_load]',
  ],
  [
    'an initial value above max_length',
    view({ submit: plain('x'), blocks: input(text({ max_length: 3, initial_value: 'four' })) }),
    'must be less than 4 characters [json-pointer:/view/blocks/0/element/initial_value]',
  ],
  [
    'a title of 25',
    view({ title: plain(of(25)) }),
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  [
    'a title in mrkdwn',
    view({ title: mrkdwn('x') }),
    'unsupported type: mrkdwn [json-pointer:/view/title/type]',
  ],
  ['no title', view({ title: undefined }), 'missing required field: title [json-pointer:/view]'],
  [
    '101 blocks',
    view({ blocks: many(101, () => ({ type: 'divider' })) }),
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  [
    'private_metadata of 3001',
    view({ private_metadata: of(3001) }),
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ],
  [
    'an input without submit',
    view({ blocks: input(text()) }),
    'must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
  ],
  [
    'a label of 2001',
    view({ submit: plain('x'), blocks: input(text(), { label: plain(of(2001)) }) }),
    'must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]',
  ],
  [
    'a button as an input',
    view({ submit: plain('x'), blocks: input(button()) }),
    'unsupported type: button [json-pointer:/view/blocks/0/element/type]',
  ],
  [
    'a max_length of 3001',
    view({ submit: plain('x'), blocks: input(text({ max_length: 3001 })) }),
    'must be less than 3001 [json-pointer:/view/blocks/0/element/max_length]',
  ],
  [
    'min_length above max_length',
    view({ submit: plain('x'), blocks: input(text({ min_length: 2, max_length: 1 })) }),
    'min_length must not be more than max_length [json-pointer:/view/blocks/0/element]',
  ],
  [
    'a number input that does not say which numbers',
    view({ submit: plain('x'), blocks: input({ type: 'number_input' }) }),
    'missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]',
  ],
  [
    'a masked field',
    view({ submit: plain('x'), blocks: input({ type: 'password_input' }) }),
    'unsupported type: password_input [json-pointer:/view/blocks/0/element/type]',
  ],
  [
    'a table in a modal',
    view({ blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }] }),
    'unsupported type: table [json-pointer:/view/blocks/0/type]',
  ],
  [
    'a title on the Home tab',
    { type: 'home', blocks: [], title: plain('x') },
    'invalid additional property: title [json-pointer:/view]',
  ],
];
