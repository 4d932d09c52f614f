import type { FormValues } from '../../../changes/form.js';
import type { OpenValues } from '../../../markup/open-button.js';
import { limits } from '../render/limits.js';

/** What a button that opens a form carries of it: only so much, and only the reason can be too long for that. */
export function carried(all: FormValues): { readonly values: OpenValues; readonly lost: boolean } {
  const values = Object.fromEntries(
    Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  if (JSON.stringify(values).length <= limits.buttonValue) return { values, lost: false };
  return { values: { ...values, reason: '' }, lost: true };
}
