/** What a place in Block Kit takes. Lengths are Unicode code points. */
export type Rule =
  | {
      readonly kind: 'string';
      readonly min: number;
      readonly max: number;
      readonly pattern?: RegExp;
      readonly among?: readonly string[];
    }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'list'; readonly min: number; readonly max: number; readonly of: Rule }
  | { readonly kind: 'object'; readonly shape: Shape }
  /** An object whose `type` says which shape it has. */
  | { readonly kind: 'typed'; readonly kinds: Readonly<Record<string, Shape>> }
  | { readonly kind: 'anything' };

export interface Shape {
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, Rule>>;
  /** What holds between fields. */
  readonly laws?: readonly Law[];
}

export interface Problem {
  readonly message: string;
  /** JSON pointer, as in `[json-pointer:/blocks/0/type]`. */
  readonly pointer: string;
}

export type Law = (value: Readonly<Record<string, unknown>>, pointer: string) => readonly Problem[];

export const anything: Rule = { kind: 'anything' };
export const boolean: Rule = { kind: 'boolean' };
export const string = (max: number, min = 1): Rule => ({ kind: 'string', min, max });
export const matching = (pattern: RegExp): Rule => ({ kind: 'string', min: 1, max: 3000, pattern });
/** Where a person is led to; Slack takes no `javascript:` and the like. */
export const webAddress = matching(/^https?:\/\/\S/i);
export const among = (...values: readonly string[]): Rule => ({
  kind: 'string',
  min: 0,
  max: 3000,
  among: values,
});
export const number = (min: number, max: number): Rule => ({ kind: 'number', min, max });
export const list = (of: Rule, max: number, min = 1): Rule => ({ kind: 'list', min, max, of });
export const object = (shape: Shape): Rule => ({ kind: 'object', shape });
export const typed = (kinds: Readonly<Record<string, Shape>>): Rule => ({ kind: 'typed', kinds });

/** A text object of either kind. */
export function text(max: number): Rule {
  return typed({ ...plainKind(max), ...mrkdwnKind(max) });
}

export function plain(max: number): Rule {
  return typed(plainKind(max));
}

export function mrkdwn(max: number): Rule {
  return typed(mrkdwnKind(max));
}

export function plainKind(max: number): Readonly<Record<string, Shape>> {
  return { plain_text: { required: ['text'], fields: { text: string(max), emoji: boolean } } };
}

export function mrkdwnKind(max: number): Readonly<Record<string, Shape>> {
  return { mrkdwn: { required: ['text'], fields: { text: string(max), verbatim: boolean } } };
}

/** The kinds of a table that may stand in one place. */
export function only(
  kinds: Readonly<Record<string, Shape>>,
  names: readonly string[],
): Readonly<Record<string, Shape>> {
  return Object.fromEntries(Object.entries(kinds).filter(([name]) => names.includes(name)));
}
