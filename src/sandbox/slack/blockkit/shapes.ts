import { z } from 'zod';

/**
 * Block Kit as the sandbox reads it: only what a person can touch has a name here, everything else passes through.
 * Whether a thing is allowed at all is judged before, by the validator.
 */
const textObject = z.looseObject({ type: z.string(), text: z.string() });
export type TextObject = z.infer<typeof textObject>;

export const option = z.looseObject({ text: textObject, value: z.string().optional() });
export type Option = z.infer<typeof option>;

export const optionGroup = z.looseObject({ label: textObject, options: z.array(option) });

export const element = z.looseObject({
  type: z.string(),
  action_id: z.string().optional(),
  text: z.unknown().optional(),
  value: z.string().optional(),
  url: z.string().optional(),
  confirm: z.unknown().optional(),
  options: z.array(option).optional(),
  option_groups: z.array(optionGroup).optional(),
  initial_value: z.unknown().optional(),
  initial_option: option.optional(),
  initial_options: z.array(option).optional(),
  min_query_length: z.number().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
  is_decimal_allowed: z.boolean().optional(),
  max_selected_items: z.number().optional(),
});
export type Element = z.infer<typeof element>;

export const block = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  text: z.unknown().optional(),
  label: textObject.optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: element.optional(),
  accessory: element.optional(),
  elements: z
    .array(z.looseObject({ type: z.string(), action_id: z.string().optional() }))
    .optional(),
});
export type Block = z.infer<typeof block>;

const container = z.object({ type: z.literal('container'), child_blocks: z.array(block) });

/** The blocks of a container; of any other block none. */
export const childrenOf = (parent: Block): readonly Block[] =>
  container.safeParse(parent).data?.child_blocks ?? [];

/** A view as a bot sends it. */
export const viewDraft = z.looseObject({
  type: z.enum(['modal', 'home']),
  blocks: z.array(block),
  title: textObject.optional(),
  submit: textObject.nullish(),
  close: textObject.nullish(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  external_id: z.string().default(''),
  clear_on_close: z.boolean().default(false),
  notify_on_close: z.boolean().default(false),
});
export type ViewDraft = z.infer<typeof viewDraft>;
