import { type ErrorSpec } from './errors.js';

/** Details that version 25 gives where the line before gave none; `null` = as before. */
export function rewrittenDetails(spec: ErrorSpec): Readonly<Record<string, unknown>> | null {
  if (spec.id === 'unauthorized' && spec.nested === undefined) return { authError: null };
  if (spec.id === 'badValueName') return { key: null };
  if (spec.id === 'internalServerError') return { reference: null, ...spec.details };
  return null;
}

/** Version 25 rewrote most descriptions; ids and statuses stayed. */
export function rewrittenText(spec: ErrorSpec): string {
  return texts[spec.id]?.(spec) ?? spec.description;
}

const texts: Readonly<Record<string, (spec: ErrorSpec) => string>> = {
  unauthorized: ({ nested }) => {
    const why = nested === undefined ? 'no details available' : rewrittenText(nested.error);
    return `You must authenticate yourself to perform this operation: ${why.replace(/\.$/, '')}.`;
  },
  forbidden: () => 'You are not authorized to perform this operation: no details available.',
  notFound: () => 'The requested resource could not be found.',
  malformedData: () => 'The request data could not be understood by the server.',
  missingRequiredValue: (spec) =>
    `The request data was missing a required value for "${detail(spec, 'key')}".`,
  missingAtLeastOneValue: (spec) =>
    `The request data must include at least one of the following values: ${detail(spec, 'keys')}.`,
  badValueName: (spec) => spec.description.replace(/^Bad value: /, 'Bad value for name: '),
};

function detail(spec: ErrorSpec, key: string): string {
  const value = spec.details?.[key];
  return Array.isArray(value) ? value.join(', ') : String(value);
}
