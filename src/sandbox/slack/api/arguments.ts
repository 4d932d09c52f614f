import { z } from 'zod';
import { jsonIn } from '../json-in.js';

/** Arguments come as form fields, so all of them are text; a JSON body may have the real types. */
export const flag = z.union([z.boolean(), z.stringbool()]);
export const integer = z.coerce.number().int();

const structured = ['blocks', 'view', 'metadata', 'attachments', 'message'];

/** Fields of a form or a JSON body, with the JSON inside the form already read where it is JSON. */
export function decodeArguments(
  contentType: string,
  body: string,
): Readonly<Record<string, unknown>> {
  if (contentType.startsWith('application/json')) return record.parse(jsonIn(body));
  const fields = Object.fromEntries(new URLSearchParams(body));
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      structured.includes(name) ? (jsonIn(value) ?? value) : value,
    ]),
  );
}

const record = z.record(z.string(), z.unknown()).catch({});
