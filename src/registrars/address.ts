import { domainToUnicode } from 'node:url';
import { pathProblem } from './path.js';

/** An address of the web as it was typed; without a scheme, it is reached by `http:`. */
export interface Address {
  readonly scheme: 'https' | 'http' | null;
  /** As it is looked up: ASCII, other scripts as `xn--…`. */
  readonly host: string;
}

/** What cannot be taken says why, in a sentence for the user. */
export type AddressRead = Address | { readonly problem: string };

const ADDRESS =
  /^(?:(?<scheme>[a-z][a-z0-9+.-]*):\/\/)?(?<host>\[[0-9a-f:.]+\]|[^/:[\]]+)(?::(?<port>\d{1,5}))?(?<path>\/.*)?$/iu;
const ASCII_HOST = /^[a-z0-9._-]+$/i;
const OTHER_HOST = /^[\p{L}\p{M}\p{N}._-]+$/u;
/** Names of the DNS are not longer. */
const MAX_HOST_LENGTH = 253;

/**
 * Onezone passes addresses on as they are, to programs that read them differently. So only those are taken that everybody
 * reads alike, and in which the host that is seen is the host that is meant.
 */
export function readAddress(value: string, example: string): AddressRead {
  const unfit = unfitPart(value);
  if (unfit !== null) return { problem: unfit };
  const enter = { problem: `Enter a full address, such as “${example}”.` };
  const { scheme, host = '', port, path = '' } = ADDRESS.exec(value)?.groups ?? {};
  const ascii = asciiOf(host);
  if (ascii === null || Number(port ?? 1) > 65_535 || Number(port ?? 1) < 1) return enter;
  if (scheme !== undefined && scheme !== 'https' && scheme !== 'http') {
    return { problem: 'The address has to begin with “https://” or “http://”, in lower case.' };
  }
  if (!isWhatItSeems(host, ascii)) {
    return { problem: `Write the host as “${ascii}”, which is what this means.` };
  }
  const problem = path === '' ? null : pathProblem(path);
  return problem === null ? { scheme: scheme ?? null, host: ascii } : { problem };
}

/** The host in ASCII where the address shows it in another script, in which letters may look like others; else null. */
export function hiddenHost(value: string): string | null {
  const { host = '' } = ADDRESS.exec(value)?.groups ?? {};
  return ASCII_HOST.test(host) ? null : OTHER_HOST.test(host) ? asciiOf(host) : null;
}

export const isLocal = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

function unfitPart(value: string): string | null {
  if (value.includes('@'))
    return 'Leave out “@”: user name and password come from the registrar account.';
  if (value.includes('\\')) return 'Leave backslashes out of the address.';
  if (/[?#]/.test(value)) return 'Leave out of the address what begins with “?” or “#”.';
  return /\s/u.test(value) ? 'Leave white space out of the address.' : null;
}

/** null: no host. */
function asciiOf(host: string): string | null {
  const isBracketed = host.startsWith('[');
  if (!isBracketed && !ASCII_HOST.test(host) && !OTHER_HOST.test(host)) return null;
  if (/^\.|\.\./.test(host) || !URL.canParse(`http://${host}/`)) return null;
  const { hostname } = new URL(`http://${host}/`);
  return hostname.length > MAX_HOST_LENGTH ? null : hostname;
}

/** Numbers such as `0x7f.1`, wide letters and the like are read as another host than the one that is seen. */
function isWhatItSeems(host: string, ascii: string): boolean {
  const seen = host.toLowerCase();
  return seen === ascii || seen === domainToUnicode(ascii);
}
