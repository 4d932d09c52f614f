import type {
  InputBlock,
  InputBlockElement,
  PlainTextInput,
  PlainTextOption,
  RadioButtons,
} from '@slack/types';
import { limits } from './limits.js';
import { plainText } from './text.js';

export function input(words: {
  readonly block: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly element: InputBlockElement;
}): InputBlock {
  const { block, label, hint, optional, element } = words;
  return {
    type: 'input',
    block_id: block,
    label: plainText(label, limits.label),
    ...(hint === undefined ? {} : { hint: plainText(hint, limits.label) }),
    optional: optional ?? false,
    element,
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
