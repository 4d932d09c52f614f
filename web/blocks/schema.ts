import { z } from 'zod';
import { block as looseBlock } from '../../src/sandbox/slack/blockkit/shapes.js';

/** The subset of Block Kit that the page renders. Other blocks show only their type. */
const text = z.object({ type: z.enum(['plain_text', 'mrkdwn']), text: z.string() });
export type Text = z.infer<typeof text>;

export const option = z.object({
  text,
  value: z.string().default(''),
  description: text.optional(),
});
export type Option = z.infer<typeof option>;

const confirm = z.object({
  title: text,
  text,
  confirm: text,
  deny: text,
  style: z.enum(['primary', 'danger']).optional(),
});
export type Confirm = z.infer<typeof confirm>;

const common = { action_id: z.string(), confirm: confirm.optional(), placeholder: text.optional() };
const of = <K extends string>(type: K) => ({ ...common, type: z.literal(type) });
const options = z.array(option).default([]);
const groups = z.array(z.object({ label: text, options })).default([]);

const button = z.object({
  ...of('button'),
  text,
  value: z.string().optional(),
  url: z.string().optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().optional(),
});
export type Button = z.infer<typeof button>;

const textInput = {
  multiline: z.boolean().default(false),
  max_length: z.number().optional(),
};

const element = z.discriminatedUnion('type', [
  button,
  z.object({ ...of('static_select'), options, option_groups: groups }),
  z.object({ ...of('external_select'), min_query_length: z.number().default(3) }),
  z.object({ ...of('users_select') }),
  z.object({ ...of('multi_users_select'), max_selected_items: z.number().optional() }),
  z.object({ ...of('overflow'), options }),
  z.object({ ...of('radio_buttons'), options }),
  z.object({ ...of('checkboxes'), options }),
  z.object({ ...of('datepicker') }),
  z.object({ ...of('plain_text_input'), ...textInput }),
  z.object({ ...of('email_text_input'), ...textInput }),
  z.object({ ...of('url_text_input'), ...textInput }),
  z.object({ ...of('number_input'), ...textInput }),
]);
export type Element = z.infer<typeof element>;
export type ElementOf<K extends Element['type']> = Extract<Element, { type: K }>;

const image = z.looseObject({ type: z.literal('image'), alt_text: z.string() });
const id = { block_id: z.string() };

const richText = z.object({ type: z.literal('rich_text'), elements: z.array(z.unknown()) });
const cell = z.discriminatedUnion('type', [
  z.object({ type: z.literal('raw_text'), text: z.string() }),
  z.object({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
  richText,
]);
export type Cell = z.infer<typeof cell>;

const column = z.object({
  align: z.enum(['left', 'center', 'right']).default('left'),
  is_wrapped: z.boolean().default(false),
});
export type Column = z.infer<typeof column>;

export const block = z.discriminatedUnion('type', [
  z.object({
    ...id,
    type: z.literal('section'),
    text: text.optional(),
    fields: z.array(text).default([]),
    accessory: z.union([element, image]).optional(),
  }),
  z.object({ ...id, type: z.literal('header'), text }),
  z.object({ ...id, type: z.literal('context'), elements: z.array(z.union([text, image])) }),
  z.object({ ...id, type: z.literal('divider') }),
  z.object({ ...id, type: z.literal('actions'), elements: z.array(element) }),
  z.object({ ...id, type: z.literal('image'), alt_text: z.string() }),
  z.object({
    ...id,
    type: z.literal('input'),
    label: text,
    hint: text.optional(),
    optional: z.boolean().default(false),
    dispatch_action: z.boolean().default(false),
    element,
  }),
  richText.extend(id),
  z.object({
    ...id,
    type: z.literal('alert'),
    text,
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).default('default'),
  }),
  z.object({
    ...id,
    type: z.literal('table'),
    rows: z.array(z.array(cell)),
    column_settings: z.array(column.nullable()).default([]),
  }),
  z.object({
    ...id,
    type: z.literal('container'),
    title: text.optional(),
    rich_text_title: richText.optional(),
    subtitle: text.optional(),
    child_blocks: z.array(looseBlock),
    is_collapsible: z.boolean().default(false),
    default_collapsed: z.boolean().default(false),
    has_header_divider: z.boolean().default(false),
  }),
]);
export type Block = z.infer<typeof block>;
export type BlockOf<K extends Block['type']> = Extract<Block, { type: K }>;
