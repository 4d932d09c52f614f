import { touchables } from '../blockkit/touchables.js';
import { isEmpty, valueIn } from '../blockkit/values.js';
import { codePoints } from '../blockkit/walk.js';
import type { Element } from '../blockkit/shapes.js';
import type { View } from '../state.js';

/** What Slack itself says about a form before it lets it go, by block_id; empty when all is well. */
export function formErrors(view: View): Readonly<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { block, blockId, actionId, element, isInput } of touchables(view.blocks)) {
    if (!isInput) continue;
    const value = valueIn(element, view.values[blockId]?.[actionId]);
    const error = isEmpty(value)
      ? block.optional === true
        ? null
        : 'Please complete this required field.'
      : wrongWith(element, value);
    if (error !== null) errors[blockId] = error;
  }
  return errors;
}

function wrongWith(element: Element, value: unknown): string | null {
  if (Array.isArray(value)) {
    const most = element.max_selected_items ?? Infinity;
    return value.length > most ? `Please select at most ${most} items.` : null;
  }
  if (typeof value !== 'string') return null;
  switch (element.type) {
    case 'plain_text_input':
      return wrongLength(element, value);
    case 'number_input':
      return wrongNumber(element, value);
    case 'email_text_input':
      return /^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+$/.test(value)
        ? null
        : 'Please enter a valid email address.';
    case 'url_text_input':
      return /^https?:\/\/[^\s]+$/.test(value) ? null : 'Please enter a valid URL.';
    default:
      return null;
  }
}

function wrongLength(element: Element, value: string): string | null {
  const length = codePoints(value);
  const { min_length: min = 0, max_length: max = 3000 } = element;
  if (length < min) return `Please enter at least ${min} characters.`;
  return length > max ? `Please enter at most ${max} characters.` : null;
}

function wrongNumber(element: Element, value: string): string | null {
  const pattern = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value)) return 'Please enter a valid number.';
  const { min_value: min, max_value: max } = element;
  if (min !== undefined && Number(value) < Number(min)) {
    return `Please enter a number of at least ${min}.`;
  }
  return max !== undefined && Number(value) > Number(max)
    ? `Please enter a number of at most ${max}.`
    : null;
}
