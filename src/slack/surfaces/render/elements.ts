import type {
  Button,
  ConfirmationDialog,
  MrkdwnElement,
  PlainTextElement,
  PlainTextInput,
  PlainTextOption,
  RadioButtons,
} from '@slack/types';
import { cleanLine } from '../../../markup/clean.js';
import { cut, cutMarkup } from '../../../markup/cut.js';
import { limits } from './limits.js';
import type { Markup } from '../../../markup/markup.js';

/** Slack takes no empty text. */
const NOTHING = '–';

/** Text in which nothing is markup; `emoji: false` because Slack would else still read `:shortcodes:`. */
export function plainText(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: cut(cleanLine(text), max) || NOTHING, emoji: false };
}

/** `verbatim` keeps Slack from making links of bare addresses, `#names` and `@names`. */
export function markupText(text: Markup, max: number): MrkdwnElement {
  const markup = cutMarkup(text.markup, max);
  return { type: 'mrkdwn', text: markup.trim() === '' ? NOTHING : markup, verbatim: true };
}

/** `says` is for screen readers, to which “Review…” alone says nothing in a list of ten. */
export interface ButtonWords {
  readonly text: string;
  readonly says: string;
  readonly action: string;
  readonly value?: string;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmationDialog;
}

export function button(words: ButtonWords): Button {
  const { text, says, action, value, style, confirm } = words;
  return {
    type: 'button',
    action_id: action,
    text: plainText(text, limits.button),
    accessibility_label: cut(cleanLine(says), limits.accessibilityLabel) || NOTHING,
    // A value that does not fit would be another value: it is left out, and the click is refused.
    ...(value === undefined || value === '' || value.length > limits.buttonValue ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm }),
  };
}

export function confirmation(words: {
  readonly title: string;
  readonly text: Markup;
  readonly yes: string;
  readonly no: string;
}): ConfirmationDialog {
  return {
    title: plainText(words.title, limits.confirmTitle),
    text: markupText(words.text, limits.confirmText),
    confirm: plainText(words.yes, limits.confirmButton),
    deny: plainText(words.no, limits.confirmButton),
  };
}

export function option(words: {
  readonly text: string;
  readonly value: string;
  readonly description?: string;
}): PlainTextOption {
  const { text, value, description } = words;
  return {
    text: plainText(text, limits.optionText),
    value,
    ...(description === undefined
      ? {}
      : { description: plainText(description, limits.optionDescription) }),
  };
}

export function radioButtons(action: string, options: PlainTextOption[]): RadioButtons {
  return { type: 'radio_buttons', action_id: action, options };
}

export function textInput(
  action: string,
  words: { readonly placeholder: string; readonly max?: number },
): PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: action,
    multiline: true,
    max_length: words.max ?? limits.inputText,
    placeholder: plainText(words.placeholder, limits.placeholder),
  };
}
