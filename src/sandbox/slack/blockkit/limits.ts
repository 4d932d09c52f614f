import { messageBlock, repeated, viewBlock } from './block-limits.js';
import { optionGroups, optionList } from './option-limits.js';
import { boolean, list, plain, string, typed, type Law, type Problem } from './rule.js';
import { codePoints, isRecord, walk } from './walk.js';

/** Slack's documented limits, checked by this project's own table. */
export function messageProblems(blocks: unknown): readonly Problem[] {
  const found = walk(list(messageBlock, 50, 0), blocks, '/blocks');
  return [
    ...found,
    ...sameIds(blocks, '/blocks'),
    ...tooMuchMarkdown(blocks),
    ...twoTables(blocks),
  ];
}

export function viewProblems(view: unknown): readonly Problem[] {
  const blocks = isRecord(view) ? view['blocks'] : undefined;
  return [
    ...walk(viewRule, view, '/view'),
    ...sameIds(blocks, '/view/blocks'),
    ...twoInFocus(blocks),
  ];
}

export function optionProblems(answer: Readonly<Record<string, unknown>>): readonly Problem[] {
  const { options, option_groups: groups, ...others } = answer;
  const extra = Object.keys(others).map((name) => ({
    message: `invalid additional property: ${name}`,
    pointer: '',
  }));
  if ((options === undefined) === (groups === undefined)) {
    return [
      ...extra,
      { message: 'must provide exactly one of: options, option_groups', pointer: '' },
    ];
  }
  // An empty answer is how a bot says that nothing was found.
  if (Array.isArray(options) && options.length === 0) return extra;
  if (Array.isArray(groups) && groups.length === 0) return extra;
  return options === undefined
    ? [...extra, ...walk(optionGroups, groups, '/option_groups')]
    : [...extra, ...walk(optionList, options, '/options')];
}

const submitForInputs: Law = (view, pointer) => {
  const blocks: readonly unknown[] = Array.isArray(view['blocks']) ? view['blocks'] : [];
  const index = blocks.findIndex((block) => isRecord(block) && block['type'] === 'input');
  return index === -1 || (view['submit'] ?? null) !== null
    ? []
    : [
        {
          message: 'must define `submit` to use an `input` block in modals',
          pointer: `${pointer}/blocks/${index}/input`,
        },
      ];
};

const anyView = {
  callback_id: string(255, 0),
  external_id: string(255, 0),
  private_metadata: string(3000, 0),
  blocks: list(viewBlock, 100, 0),
};

const viewRule = typed({
  modal: {
    required: ['title', 'blocks'],
    fields: {
      ...anyView,
      blocks: list(viewBlock, 100),
      title: plain(24),
      submit: plain(24),
      close: plain(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
    },
    laws: [submitForInputs],
  },
  home: { required: ['blocks'], fields: anyView },
});

function sameIds(blocks: unknown, pointer: string): readonly Problem[] {
  return repeated(Array.isArray(blocks) ? blocks : [], 'block_id').map(({ id, index }) => ({
    message: `block_id already exists: ${id}`,
    pointer: `${pointer}/${index}/block_id`,
  }));
}

/** The keyboard is in one place. */
function twoInFocus(blocks: unknown): readonly Problem[] {
  return focused(blocks, '/view/blocks')
    .slice(1)
    .map((pointer) => ({ message: 'focus_on_load can be true for one element only', pointer }));
}

function focused(value: unknown, pointer: string): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => focused(item, `${pointer}/${index}`));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === 'focus_on_load' && item === true
      ? [`${pointer}/${name}`]
      : focused(item, `${pointer}/${name}`),
  );
}

function ofType(blocks: unknown, type: string): readonly Readonly<Record<string, unknown>>[] {
  const all: readonly unknown[] = Array.isArray(blocks) ? blocks : [];
  return all.filter(isRecord).filter((block) => block['type'] === type);
}

function tooMuchMarkdown(blocks: unknown): readonly Problem[] {
  const markdown = ofType(blocks, 'markdown');
  const length = markdown
    .map((block) => (typeof block['text'] === 'string' ? codePoints(block['text']) : 0))
    .reduce((sum, one) => sum + one, 0);
  return markdown.length > 1 && length > 12_000
    ? [
        {
          message: 'markdown blocks must be less than 12001 characters together',
          pointer: '/blocks',
        },
      ]
    : [];
}

function twoTables(blocks: unknown): readonly Problem[] {
  return ofType(blocks, 'table').length > 1
    ? [{ message: 'only one table is allowed', pointer: '/blocks' }]
    : [];
}
