import { isLocal, readAddress } from './address.js';

/**
 * Onezone does not validate `proxyEndpoint`, and sends the registrar's password to it in clear text unless it starts with
 * `https:`. Addresses without a scheme are valid (Onedata's own example is one), so they only get a warning.
 */
export function checkProxyEndpoint(value: string): {
  readonly problem: string | null;
  readonly warning: string | null;
} {
  const read = readAddress(value, 'https://hps.example.org/api/v1');
  if ('problem' in read) return problem(read.problem);
  if (value.endsWith('/')) return problem('Leave out the slash at the end: Onezone adds its own.');
  const { scheme, host } = read;
  if (scheme === 'https') return { problem: null, warning: null };
  const where = isLocal(host)
    ? `to the Onezone host itself (${host} is that host, seen from Onezone)`
    : `to ${host}, readable by every network in between`;
  return {
    problem: null,
    warning: `The address has no https: with each identifier, Onezone will send the registrar password in clear text ${where}.`,
  };
}

const problem = (text: string): { problem: string; warning: null } => ({
  problem: text,
  warning: null,
});
