import type { Markup } from '../markup/markup.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';

/** Something picked from a list that Slack fetched: its text is needed to draw it again. */
export interface Chosen {
  readonly value: string;
  readonly text: string;
}

/** What one field holds: text, a flag, people, or a pick. */
export type FormValue = string | boolean | readonly string[] | Chosen;

/** What a form holds, by the key of its field; what is missing was not filled in. */
export type FormValues = Readonly<Record<string, FormValue | undefined>>;

interface Common {
  /** Also the id of the block; what `FormValues` has it under. */
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

export interface Option {
  readonly value: string;
  readonly text: string;
  readonly description?: string;
}

/** One field of a form, as data. One renderer draws all of them, and one reader reads them. */
export type Field =
  /** Typeahead over all handle services. Holds `Chosen`. */
  | (Common & { readonly kind: 'service' })
  /** One Slack user. Holds the id. */
  | (Common & { readonly kind: 'person' })
  /** Typeahead over the Onezone users, for those who may link. Holds `Chosen`. */
  | (Common & { readonly kind: 'onezone user' })
  /** Slack users. Holds a list of ids. */
  | (Common & { readonly kind: 'people'; readonly max: number })
  /** One of a few. `reshapes`: choosing draws the form anew. Holds the value. */
  | (Common & {
      readonly kind: 'choice';
      readonly as: 'menu' | 'radio';
      readonly options: readonly Option[];
      readonly reshapes?: boolean;
    })
  | (Common & { readonly kind: 'line'; readonly initial?: string })
  | (Common & { readonly kind: 'paragraph'; readonly placeholder: string })
  /** A calendar day, `2026-12-31`. */
  | (Common & { readonly kind: 'day' })
  | (Common & { readonly kind: 'flag'; readonly text: string; readonly about?: string });

export interface FormContext {
  readonly by: Actor;
  readonly values: FormValues;
}

/** What was typed after a command: people named with @, and the rest. */
export interface TypedWords {
  readonly people: readonly string[];
  readonly rest: string;
}

/** What a half-filled form starts with, and what of the typed words could not be used. */
export interface Prefill {
  readonly values: FormValues;
  readonly notice?: string;
  /** What was understood, a few words for each part, for those who have not seen the form yet. */
  readonly said?: readonly Markup[];
}

export interface Form {
  /** At most 24 characters are shown. */
  readonly title: string;
  readonly submit: string;
  /** From the store and the policy only: Slack waits three seconds. Throws the refusal where the form would be of no use. */
  readonly fields: (services: Services, context: FormContext) => Promise<readonly Field[]>;
  /** Small print below the fields: what whoever sends it has to know. */
  readonly notes?: (context: FormContext) => readonly string[];
  /** From fields to the ask, not checked yet. */
  readonly toAsk: (values: FormValues) => Readonly<Record<string, unknown>>;
  /** Which field shows a problem with this part of the ask; when not said, the field of the same key. */
  readonly fieldOf?: (part: string, values: FormValues) => string;
  readonly fromWords: (services: Services, typed: TypedWords, by: Actor) => Promise<Prefill>;
}

/** Problems by the part of the ask that they are about. Empty: none. Plain sentences, shown below fields. */
export type Problems = Readonly<Record<string, string>>;

export const textOf = (value: FormValue | undefined): string =>
  typeof value === 'string' ? value : isChosen(value) ? value.value : '';

export const listOf = (value: FormValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

function isChosen(value: FormValue | undefined): value is Chosen {
  return typeof value === 'object' && 'value' in value;
}
