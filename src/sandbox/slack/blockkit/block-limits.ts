import { elements } from './element-limits.js';
import { atLeastOneOf, imageShape } from './option-limits.js';
import {
  among,
  anything,
  boolean,
  list,
  mrkdwn,
  mrkdwnKind,
  number,
  object,
  only,
  plain,
  plainKind,
  string,
  text,
  typed,
  type Law,
  type Rule,
  type Shape,
} from './rule.js';
import { isRecord } from './walk.js';

const selects = ['static', 'external', 'users', 'channels', 'conversations'].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);
const pickers = ['datepicker', 'timepicker', 'datetimepicker', 'checkboxes', 'radio_buttons'];
const typing = [
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
];

const inActions = typed(
  only(elements, [
    'button',
    'workflow_button',
    'overflow',
    'rich_text_input',
    ...pickers,
    ...selects,
  ]),
);
const inSection = typed(
  only(elements, ['button', 'workflow_button', 'overflow', 'image', ...pickers, ...selects]),
);
const inInput = typed(only(elements, ['file_input', ...typing, ...pickers, ...selects]));
const image = typed(only(elements, ['image']));
const status = among('pending', 'in_progress', 'complete', 'error');

const shape = (fields: Readonly<Record<string, Rule>>, ...required: readonly string[]): Shape => ({
  required,
  fields: { block_id: string(255), ...fields },
});

const actionIdsDiffer: Law = (value, pointer) => {
  const list: readonly unknown[] = Array.isArray(value['elements']) ? value['elements'] : [];
  return repeated(list, 'action_id').map(({ id, index }) => ({
    message: `action_id already exists: ${id}`,
    pointer: `${pointer}/elements/${index}/action_id`,
  }));
};

/** Those of the list whose id an earlier one has. */
export function repeated(
  list: readonly unknown[],
  name: 'action_id' | 'block_id',
): readonly { readonly id: string; readonly index: number }[] {
  const seen = new Set<string>();
  return list.flatMap((item, index) => {
    const id: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, name) : null;
    if (typeof id !== 'string') return [];
    if (seen.has(id)) return [{ id, index }];
    seen.add(id);
    return [];
  });
}

/** In rich text nothing may say nothing, however deep it stands. */
const noEmptyText: Law = (value, pointer) => {
  const list: readonly unknown[] = Array.isArray(value['elements']) ? value['elements'] : [];
  return list.flatMap((item, index) => {
    if (!isRecord(item)) return [];
    const at = `${pointer}/elements/${index}`;
    const own =
      item['text'] === ''
        ? [{ message: 'must be more than 0 characters', pointer: `${at}/text` }]
        : [];
    return [...own, ...noEmptyText(item, at)];
  });
};

const common = {
  actions: { ...shape({ elements: list(inActions, 25) }, 'elements'), laws: [actionIdsDiffer] },
  context: shape(
    { elements: list(typed({ image: imageShape, ...plainKind(3000), ...mrkdwnKind(3000) }), 10) },
    'elements',
  ),
  divider: shape({}),
  header: shape({ text: plain(150) }, 'text'),
  image: {
    ...shape({ ...imageShape.fields, title: plain(2000) }, 'alt_text'),
    laws: imageShape.laws ?? [],
  },
  input: shape(
    {
      label: plain(2000),
      hint: plain(2000),
      optional: boolean,
      dispatch_action: boolean,
      element: inInput,
    },
    'label',
    'element',
  ),
  rich_text: {
    ...shape({ elements: list(anything, 1000, 0) }, 'elements'),
    laws: [noEmptyText],
  },
  section: {
    ...shape({
      text: text(3000),
      fields: list(text(2000), 10),
      accessory: inSection,
      expand: boolean,
    }),
    laws: [atLeastOneOf('text', 'fields')],
  },
  video: shape(
    {
      video_url: string(3000),
      thumbnail_url: string(3000),
      alt_text: string(2000),
      title: plain(200),
      title_url: string(3000),
      author_name: string(50),
      provider_name: string(255),
      provider_icon_url: string(3000),
      description: plain(200),
    },
    'video_url',
    'thumbnail_url',
    'alt_text',
    'title',
  ),
} satisfies Readonly<Record<string, Shape>>;

const card = shape({
  hero_image: image,
  icon: image,
  title: mrkdwn(150),
  subtitle: mrkdwn(150),
  body: mrkdwn(200),
  actions: list(typed(only(elements, ['button'])), 3),
});
const taskCard = shape(
  {
    task_id: string(255),
    title: string(2000),
    details: anything,
    output: anything,
    sources: list(anything, 100, 0),
    status,
  },
  'task_id',
  'title',
  'status',
);
const table = shape(
  { rows: list(list(anything, 20), 100), column_settings: list(anything, 20, 0) },
  'rows',
);
const file = shape({ source: among('remote'), external_id: string(255) }, 'source', 'external_id');

const container = shape(
  {
    title: plain(150),
    rich_text_title: anything,
    subtitle: text(3000),
    child_blocks: list(typed({ ...common, table, file }), 10),
    width: among('narrow', 'standard', 'wide', 'full'),
    icon: image,
    is_collapsible: boolean,
    default_collapsed: boolean,
    has_header_divider: boolean,
  },
  'child_blocks',
);

const everywhere = {
  ...common,
  alert: shape(
    { text: text(200), level: among('default', 'info', 'warning', 'error', 'success') },
    'text',
  ),
  card,
  carousel: shape({ elements: list(typed({ card }), 10) }, 'elements'),
  container,
} satisfies Readonly<Record<string, Shape>>;

const messageOnly = {
  file,
  table,
  markdown: shape({ text: string(12_000) }, 'text'),
  context_actions: {
    ...shape(
      { elements: list(typed(only(elements, ['feedback_buttons', 'icon_button'])), 5) },
      'elements',
    ),
    laws: [actionIdsDiffer],
  },
  data_table: shape(
    {
      rows: list(list(anything, 20), 201, 2),
      caption: string(20_000),
      page_size: number(1, 100),
      row_header_column_index: number(0, 19),
    },
    'rows',
    'caption',
  ),
  task_card: taskCard,
  plan: shape({ title: string(2000), tasks: list(object(taskCard), 1000, 0) }, 'title'),
} satisfies Readonly<Record<string, Shape>>;

/** A block of a message, and one of a modal or a Home tab. */
export const messageBlock: Rule = typed({ ...everywhere, ...messageOnly });
export const viewBlock: Rule = typed(everywhere);
