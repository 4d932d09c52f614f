import { z } from 'zod';
import { codePoints } from '../../../markup/cut.js';
import { limits } from '../render/limits.js';

/** What was typed into the fields of either registrar type, by block: going to the other type and back loses nothing. */
const TypedFields = z.record(z.string(), z.union([z.string(), z.boolean()]));
export type TypedFields = Readonly<z.infer<typeof TypedFields>>;

/** Slack gives a view's metadata back with every click in it. Too much for it is not worth a refused view. */
export function remembered(fields: TypedFields): string {
  const text = JSON.stringify(fields);
  return codePoints(text) <= limits.metadata ? text : '';
}

export function recalled(metadata: string): TypedFields {
  return metadata === '' ? {} : TypedFields.parse(JSON.parse(metadata));
}
