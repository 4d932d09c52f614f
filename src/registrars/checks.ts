import { isLocal, readAddress } from './address.js';
import { pathProblem } from './path.js';

/** The problem as a sentence for the user, or null. */
export function checkUrl(value: string): string | null {
  const example = 'https://mds.datacite.org';
  const read = readAddress(value, example);
  if ('problem' in read) return read.problem;
  return read.scheme === null ? `Enter a full address, such as “${example}”.` : null;
}

export const checkPath = (value: string): string | null =>
  value.startsWith('/')
    ? pathProblem(value)
    : 'Enter a path that starts with a slash, such as “/doi”.';

/** Shown whole to whoever agrees even where each character takes five, as `&amp;` does. */
const MAX_TEMPLATE_LENGTH = 256;

export const checkTemplate = (value: string): string | null =>
  Array.from(value).length <= MAX_TEMPLATE_LENGTH
    ? null
    : `Use at most ${MAX_TEMPLATE_LENGTH} characters.`;

/** The handle proxy, not Onezone, calls the registrar, with user name and password in the header. */
export function warnOfUrl(value: string): string | null {
  const read = readAddress(value, '');
  if ('problem' in read || read.scheme === 'https') return null;
  const where = isLocal(read.host)
    ? `to its own host (${read.host} is that host, seen from the handle proxy)`
    : `to ${read.host}, readable by every network in between`;
  return `The registrar’s address has no https: with each identifier, the handle proxy will send the registrar password in clear text ${where}.`;
}
