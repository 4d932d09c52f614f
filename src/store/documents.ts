import { z } from 'zod';
import { Access } from '../access/access.js';
import { Request } from '../requests/request.js';
import { readJson } from './read-json.js';

/** Version of the documents that this program writes. Older ones are brought up by a migration, newer ones are refused. */
const DOCUMENT_VERSION = 2;

const schema = z.literal(DOCUMENT_VERSION);
const Envelope = z.looseObject({ schema });
const StoredRequest = Envelope.transform(withoutSchema).pipe(Request);
const StoredAccess = Envelope.transform(withoutSchema).pipe(Access);

function withoutSchema(document: z.infer<typeof Envelope>): unknown {
  return Object.fromEntries(Object.entries(document).filter(([key]) => key !== 'schema'));
}

export const writeDocument = (document: object): string =>
  JSON.stringify({ schema: DOCUMENT_VERSION, ...document });

/** Throws when it is not a document of this version. */
export const readRequest = (id: string, text: string): Request =>
  readJson(StoredRequest, text, `Request ${id}`);

export const readAccess = (id: string, text: string): Access =>
  readJson(StoredAccess, text, `Access ${id}`);
