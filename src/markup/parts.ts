import { type Markup, mrkdwn } from './markup.js';

/** A piece of a message. It says what is shown; how long it may be and how it looks is the renderer's business. */
export type Part =
  /** One line each. Lines that do not fit together are split between lines, the button stays with the first. */
  | { readonly kind: 'text'; readonly lines: readonly Markup[]; readonly button?: Button }
  | { readonly kind: 'facts'; readonly pairs: readonly (readonly [string, Markup])[] }
  /** Small print. */
  | { readonly kind: 'note'; readonly words: readonly Markup[] }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'divider' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | ({ readonly kind: 'quote' } & Quote)
  /** To be copied as it stands. */
  | { readonly kind: 'preformatted'; readonly text: string };

/** What a person wrote. Nothing in it is markup, so that it cannot look like the bot's own words or buttons. */
export interface Quote {
  /** Absent where it is plain what they are and whose. */
  readonly label?: string;
  /** Whose words they are: a user id, or a name. */
  readonly by: string;
  readonly text: string;
  /** In code points. Default: as many as can be shown. */
  readonly max?: number;
}

export interface Button {
  readonly text: string;
  /** For screen readers, to which “Review…” alone says nothing in a list of ten. */
  readonly says: string;
  readonly action: string;
  readonly value?: string;
  /** Opened in the browser. */
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirmation;
}

/** Asked before a click counts. */
export interface Confirmation {
  readonly title: string;
  readonly text: Markup;
  readonly yes: string;
  readonly no: string;
}

/** A whole message. `text` is the one line that a notification shows; the parts say the same and everything else. */
export interface Document {
  readonly text: Markup;
  readonly parts: readonly Part[];
}

export function message(text: Markup, parts: readonly Part[]): Document {
  return { text, parts };
}

export function section(text: Markup, button?: Button): Part {
  return { kind: 'text', lines: [text], ...(button === undefined ? {} : { button }) };
}

/** No lines are drawn as nothing. */
export function sections(lines: readonly Markup[]): Part {
  return { kind: 'text', lines };
}

/** A title and its points, one a line. */
export function list(title: Markup, points: readonly Markup[]): Part {
  return sections([title, ...points.map((point) => mrkdwn`• ${point}`)]);
}

/** Names and values in two columns. */
export function fields(pairs: readonly (readonly [string, Markup])[]): Part {
  return { kind: 'facts', pairs };
}

export function context(...words: readonly Markup[]): Part {
  return { kind: 'note', words };
}

export function header(text: string): Part {
  return { kind: 'heading', text };
}

export function divider(): Part {
  return { kind: 'divider' };
}

export function actions(...buttons: readonly Button[]): Part {
  return { kind: 'buttons', buttons };
}

export function userText(quote: Quote): Part {
  return { kind: 'quote', ...quote };
}

export function preformatted(text: string): Part {
  return { kind: 'preformatted', text };
}

export function button(words: Button): Button {
  return words;
}

export function confirmation(words: Confirmation): Confirmation {
  return words;
}
