import { z } from 'zod';
import type { FormValues } from '../../../changes/form.js';
import { codePoints } from '../../../markup/cut.js';
import { limits } from '../render/limits.js';
import { jsonText } from './json-text.js';
import { FormValueSchema, type HeldValues } from './form-value.js';

const Metadata = z.object({
  remembered: z.record(z.string(), FormValueSchema).default({}),
  confirm: z.array(z.string()).default([]),
});

/** What a form carries unseen; Slack gives it back with every click in it. */
export interface FormMetadata<Values extends FormValues = FormValues> {
  /** Values of fields that are not drawn now: going to another shape of the form and back loses nothing. */
  readonly remembered: Values;
  /** Matches that the tick confirms, as `slack:onezone`: short, or those of fifty people would not fit. */
  readonly confirm: readonly string[];
}

/** Too much for Slack is not worth a refused view: then nothing is remembered. */
export function writeMetadata({ remembered, confirm }: FormMetadata): string {
  const text = JSON.stringify({ remembered, confirm });
  return codePoints(text) <= limits.metadata ? text : JSON.stringify({ confirm });
}

export const readMetadata = (text: string): FormMetadata<HeldValues> =>
  text === '' ? Metadata.parse({}) : jsonText.pipe(Metadata).parse(text);
