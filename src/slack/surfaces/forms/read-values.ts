import { z } from 'zod';
import type { HeldValues } from './form-value.js';

const Option = z.object({ value: z.string(), text: z.object({ text: z.string() }) });
const option = Option.nullish();

/** The inputs that our views have, and where each keeps what it holds. */
const Input = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }),
  z.object({ type: z.literal('external_select'), selected_option: option }),
  z.object({ type: z.enum(['static_select', 'radio_buttons']), selected_option: option }),
  z.object({ type: z.literal('checkboxes'), selected_options: z.array(Option).nullish() }),
  z.object({
    type: z.literal('multi_users_select'),
    selected_users: z.array(z.string()).nullish(),
  }),
  z.object({ type: z.literal('users_select'), selected_user: z.string().nullish() }),
  z.object({ type: z.literal('datepicker'), selected_date: z.string().nullish() }),
]);
const State = z.object({ values: z.record(z.string(), z.record(z.string(), Input)) });

/**
 * What stands in a view, by block. Read by the kind of the input and not by the fields of a form: those may have changed since it was
 * drawn, and what the person saw is what counts.
 */
export function readValues(state: unknown): HeldValues {
  const { values } = State.parse(state);
  const held = Object.entries(values).flatMap(([block, inputs]) =>
    Object.values(inputs).flatMap((input) => {
      const value = valueOf(input);
      return value === undefined ? [] : [[block, value] as const];
    }),
  );
  return Object.fromEntries(held);
}

/** The blocks that have an input, also an empty one. */
export const blocksIn = (state: unknown): readonly string[] =>
  Object.keys(State.parse(state).values);

/** An emptied text is an empty text, not one that was never typed. */
function valueOf(input: z.infer<typeof Input>): HeldValues[string] | undefined {
  switch (input.type) {
    case 'plain_text_input':
      return input.value ?? '';
    case 'external_select': {
      const chosen = input.selected_option;
      return chosen ? { value: chosen.value, text: chosen.text.text } : undefined;
    }
    case 'static_select':
    case 'radio_buttons':
      return input.selected_option?.value;
    case 'checkboxes':
      return (input.selected_options ?? []).length > 0;
    case 'multi_users_select':
      return input.selected_users ?? [];
    case 'users_select':
      return input.selected_user ?? undefined;
    case 'datepicker':
      return input.selected_date ?? undefined;
  }
}
