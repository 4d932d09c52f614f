import { code, type Markup, mrkdwn } from '../markup/markup.js';
import { hiddenHost } from '../registrars/address.js';

/** An address as it was typed; beside it the host in ASCII where its letters may look like those of another. */
export function addressWords(value: string): Markup {
  const host = hiddenHost(value);
  return host === null
    ? code(value)
    : mrkdwn`${code(value)} (look-alike letters are possible; the host is ${code(host)})`;
}
