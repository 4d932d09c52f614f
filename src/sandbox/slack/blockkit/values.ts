import type { StateValue, StateValues } from '../state.js';
import type { Block, Element } from './shapes.js';
import { touchables } from './touchables.js';

interface Slot {
  /** The key of the value in `state.values` and in an action. */
  readonly key: string;
  readonly empty: null | readonly [];
  readonly initial: string;
}

/** Where each kind of element keeps its value. A button or an overflow menu keeps none. */
const slots: Readonly<Record<string, Slot>> = {
  plain_text_input: { key: 'value', empty: null, initial: 'initial_value' },
  email_text_input: { key: 'value', empty: null, initial: 'initial_value' },
  url_text_input: { key: 'value', empty: null, initial: 'initial_value' },
  number_input: { key: 'value', empty: null, initial: 'initial_value' },
  rich_text_input: { key: 'rich_text_value', empty: null, initial: 'initial_value' },
  file_input: { key: 'files', empty: [], initial: 'initial_files' },
  static_select: { key: 'selected_option', empty: null, initial: 'initial_option' },
  external_select: { key: 'selected_option', empty: null, initial: 'initial_option' },
  radio_buttons: { key: 'selected_option', empty: null, initial: 'initial_option' },
  users_select: { key: 'selected_user', empty: null, initial: 'initial_user' },
  channels_select: { key: 'selected_channel', empty: null, initial: 'initial_channel' },
  conversations_select: {
    key: 'selected_conversation',
    empty: null,
    initial: 'initial_conversation',
  },
  multi_static_select: { key: 'selected_options', empty: [], initial: 'initial_options' },
  multi_external_select: { key: 'selected_options', empty: [], initial: 'initial_options' },
  checkboxes: { key: 'selected_options', empty: [], initial: 'initial_options' },
  multi_users_select: { key: 'selected_users', empty: [], initial: 'initial_users' },
  multi_channels_select: { key: 'selected_channels', empty: [], initial: 'initial_channels' },
  multi_conversations_select: {
    key: 'selected_conversations',
    empty: [],
    initial: 'initial_conversations',
  },
  datepicker: { key: 'selected_date', empty: null, initial: 'initial_date' },
  timepicker: { key: 'selected_time', empty: null, initial: 'initial_time' },
  datetimepicker: { key: 'selected_date_time', empty: null, initial: 'initial_date_time' },
};

export function slotOf(element: Element): Slot | null {
  return slots[element.type] ?? null;
}

/** A value as `state.values` has it. */
export function valued(element: Element, value: unknown): StateValue {
  const slot = slotOf(element);
  return slot === null ? { type: element.type } : { type: element.type, [slot.key]: value };
}

export function valueIn(element: Element, value: StateValue | undefined): unknown {
  const slot = slotOf(element);
  return slot === null ? null : (value?.[slot.key] ?? slot.empty);
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/**
 * The values of all elements that have one, untouched ones too. What the person typed outlives an update where
 * block_id, action_id and type stay the same, and then a new initial value is ignored: that is how Slack's clients do it.
 */
export function completeValues(blocks: readonly Block[], kept: StateValues): StateValues {
  const values: Record<string, Record<string, StateValue>> = {};
  for (const { blockId, actionId, element } of touchables(blocks)) {
    const slot = slotOf(element);
    if (slot === null) continue;
    const old = kept[blockId]?.[actionId];
    const value =
      old?.type === element.type ? old : valued(element, element[slot.initial] ?? slot.empty);
    (values[blockId] ??= {})[actionId] = value;
  }
  return values;
}

export function withValue(
  values: StateValues,
  at: { readonly blockId: string; readonly actionId: string },
  value: StateValue,
): StateValues {
  return { ...values, [at.blockId]: { ...values[at.blockId], [at.actionId]: value } };
}
