import type { Element, Option } from '../blockkit/shapes.js';
import { slotOf } from '../blockkit/values.js';
import type { Choice } from '../types.js';

/** Options a person has got from the bot by searching. */
export type Offered = readonly Option[];

/**
 * The value an element takes from what a person chose.
 * @throws Error when it was not on offer
 */
export function chosenValue(element: Element, choice: Choice, offered: Offered): unknown {
  switch (element.type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return choice === null ? null : optionFor(element, single(element, choice), offered);
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return several(choice).map((one) => optionFor(element, one, offered));
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return several(choice);
    case 'datetimepicker':
      return choice === null ? null : Number(choice);
    case 'rich_text_input':
      return choice === null ? null : richText(text(element, choice));
    default:
      return choice === null || choice === '' ? null : text(element, choice);
  }
}

/** The part of an action that says what was chosen. */
export function chosenKeys(element: Element, value: unknown): Readonly<Record<string, unknown>> {
  if (element.type === 'overflow') return { selected_option: value };
  const slot = slotOf(element);
  return slot === null ? {} : { [slot.key]: value };
}

function optionFor(element: Element, wanted: string | Option, offered: Offered): Option {
  const all = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap((group) => group.options),
    ...(element.initial_options ?? []),
    ...(element.initial_option === undefined ? [] : [element.initial_option]),
    ...offered,
  ];
  const value = typeof wanted === 'string' ? wanted : wanted.value;
  const found =
    all.find((option) => option.value === value) ??
    all.find((option) => option.text.text === wanted);
  if (found !== undefined) return found;
  const names = all.map((option) => option.value ?? option.text.text).join(', ');
  throw new Error(
    `${element.action_id ?? element.type} does not offer ${value ?? '?'}; it offers: ${names}`,
  );
}

function single(element: Element, choice: NonNullable<Choice>): string | Option {
  if (typeof choice === 'number') return String(choice);
  if (typeof choice === 'string' || !isList(choice)) return choice;
  throw new Error(`${element.type} takes one value`);
}

function several(choice: Choice): readonly (string | Option)[] {
  if (choice === null) return [];
  if (typeof choice === 'number') return [String(choice)];
  return typeof choice === 'string' || !isList(choice) ? [choice] : choice;
}

function text(element: Element, choice: NonNullable<Choice>): string {
  if (typeof choice === 'string') return choice;
  if (typeof choice === 'number') return String(choice);
  throw new Error(`${element.type} takes a text`);
}

function isList(choice: object): choice is readonly (string | Option)[] {
  return Array.isArray(choice);
}

function richText(content: string) {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: content }] };
  return { type: 'rich_text', elements: [section] };
}
