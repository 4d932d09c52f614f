import { z } from 'zod';
import type { ActChoice } from '../../src/sandbox/page/wishes.js';
import type { Element } from './schema.js';

/** One thing that was chosen or typed, and how it is called where that is known. */
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

/** What an element holds, out of a view's or message's values. */
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
    ...chosen.map((it) => ({ value: it.value, text: it.text.text })),
    ...plain.map((it) => ({ value: it, text: it })),
  ];
}

const several: readonly Element['type'][] = ['checkboxes', 'multi_users_select'];

/** As it is sent: one value or none, or a list where an element takes several. */
export function choiceOf(element: Element, picked: readonly Picked[]): ActChoice {
  const values = picked.map((it) => it.value);
  return several.includes(element.type) ? values : (values[0] ?? null);
}

export const isSame = (one: readonly Picked[], other: readonly Picked[]): boolean =>
  one.length === other.length && one.every((it, index) => it.value === other[index]?.value);

const one = <T>(value: T | null | undefined): readonly T[] =>
  value === null || value === undefined ? [] : [value];
