import type { Button as SlackButton, ConfirmationDialog } from '@slack/types';
import { cleanLine } from '../../../markup/clean.js';
import { cut } from '../../../markup/cut.js';
import type { Button, Confirmation } from '../../../markup/parts.js';
import { limits } from './limits.js';
import { markupText, NOTHING, plainText } from './text.js';

export function drawButton(button: Button): SlackButton {
  const { text, says, action, value, url, style, confirm } = button;
  return {
    type: 'button',
    action_id: action,
    text: plainText(text, limits.button),
    accessibility_label: cut(cleanLine(says), limits.accessibilityLabel) || NOTHING,
    // A value that does not fit would be another value: it is left out, and the click is refused.
    ...(value === undefined || value === '' || value.length > limits.buttonValue ? {} : { value }),
    ...(url === undefined || url.length > limits.url ? {} : { url }),
    ...(style === undefined ? {} : { style }),
    ...(confirm === undefined ? {} : { confirm: drawConfirmation(confirm) }),
  };
}

function drawConfirmation({ title, text, yes, no }: Confirmation): ConfirmationDialog {
  return {
    title: plainText(title, limits.confirmTitle),
    text: markupText(text, limits.confirmText),
    confirm: plainText(yes, limits.confirmButton),
    deny: plainText(no, limits.confirmButton),
  };
}
