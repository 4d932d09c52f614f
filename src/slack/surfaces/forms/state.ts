import { z } from 'zod';

const Option = z.object({ value: z.string(), text: z.object({ text: z.string() }) });

/** What one input holds; which key is there depends on the kind of the input. */
const Input = z.object({
  value: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_user: z.string().nullish(),
  selected_date: z.string().nullish(),
});
const State = z.object({ values: z.record(z.string(), z.record(z.string(), Input)) });

/** What a person has typed and chosen in a view, by the id of the block. Each of our blocks has one input. */
export interface FormState {
  /** Whether the view has this block at all. */
  readonly has: (block: string) => boolean;
  readonly text: (block: string) => string;
  readonly choice: (block: string) => { readonly value: string; readonly text: string } | null;
  readonly ticked: (block: string) => readonly string[];
  readonly people: (block: string) => readonly string[];
  readonly person: (block: string) => string | null;
  readonly date: (block: string) => string | null;
}

export function readState(state: unknown): FormState {
  const { values } = State.parse(state);
  const input = (block: string): z.infer<typeof Input> =>
    Object.values(values[block] ?? {})[0] ?? {};
  return {
    has: (block) => Object.hasOwn(values, block),
    text: (block) => input(block).value ?? '',
    choice: (block) => {
      const chosen = input(block).selected_option;
      return chosen ? { value: chosen.value, text: chosen.text.text } : null;
    },
    ticked: (block) => (input(block).selected_options ?? []).map((it) => it.value),
    people: (block) => input(block).selected_users ?? [],
    person: (block) => input(block).selected_user ?? null,
    date: (block) => input(block).selected_date ?? null,
  };
}
