import { z } from 'zod';
import type { ActChoice } from '../../src/sandbox/page/api.js';
import type { Element } from './schema.js';

/** A chosen or typed value, with its display text. */
export interface Picked {
  readonly value: string;
  readonly text: string;
}

const option = z.object({ value: z.string().default(''), text: z.object({ text: z.string() }) });

const state = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_date: z.string().nullish(),
});

/** Reads an element's state from the `values` of a view or message. */
export function pickedIn(value: unknown): readonly Picked[] {
  const read = state.safeParse(value ?? {}).data ?? {};
  const chosen = [...(read.selected_options ?? []), ...one(read.selected_option)];
  const plain = [
    ...one(read.value),
    ...one(read.selected_user),
    ...(read.selected_users ?? []),
    ...one(read.selected_date),
  ];
  return [
    ...chosen.map((selected) => ({ value: selected.value, text: selected.text.text })),
    ...plain.map((entry) => ({ value: entry, text: entry })),
  ];
}

const MULTI_VALUE_TYPES: readonly Element['type'][] = ['checkboxes', 'multi_users_select'];

/** The form in which the API takes it: a list for elements with several values, else one or null. */
export function choiceOf(element: Element, picked: readonly Picked[]): ActChoice {
  const values = picked.map((choice) => choice.value);
  return MULTI_VALUE_TYPES.includes(element.type) ? values : (values[0] ?? null);
}

export const isSame = (one: readonly Picked[], other: readonly Picked[]): boolean =>
  one.length === other.length && one.every((choice, index) => choice.value === other[index]?.value);

const one = <T>(value: T | null | undefined): readonly T[] =>
  value === null || value === undefined ? [] : [value];
