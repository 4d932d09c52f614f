import type { Change } from '../../changes/change.js';
import type { FormValues, Problems } from '../../changes/form.js';

/** Problems are said of parts of the ask, and shown below the fields that those were typed into. */
export const byField = (
  { form }: Pick<Change, 'form'>,
  values: FormValues,
  problems: Problems,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(problems).map(([part, says]) => [form.fieldOf?.(part, values) ?? part, says]),
  );
