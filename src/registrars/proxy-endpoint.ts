/**
 * Onezone does not validate `proxyEndpoint`, and sends the registrar's password to it in clear text unless it starts with
 * `https:`. Addresses without a scheme are valid (Onedata's own example is one), so they only get a warning.
 */
export function checkProxyEndpoint(value: string): {
  readonly problem: string | null;
  readonly warning: string | null;
} {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1] ?? null;
  const url = `${scheme === null ? 'http://' : ''}${value}`;
  if (/\s/.test(value) || !URL.canParse(url) || (scheme !== null && !/^https?$/.test(scheme))) {
    return problem(
      'Enter the handle proxy’s address, such as `https://hps.example.org/api/v1`, in lower-case `http` or `https`.',
    );
  }
  const { hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') {
    return problem('Leave user name and password out of the address.');
  }
  if (value.endsWith('/')) return problem('Leave out the slash at the end: Onezone adds its own.');
  if (scheme === 'https') return { problem: null, warning: null };
  const where = isLocal(hostname)
    ? `to the Onezone host itself (${hostname} is that host, seen from Onezone)`
    : `to ${hostname}, readable by every network in between`;
  return {
    problem: null,
    warning: `The address has no https: with each identifier, Onezone will send the registrar password in clear text ${where}.`,
  };
}

const problem = (text: string): { problem: string; warning: null } => ({
  problem: text,
  warning: null,
});

const isLocal = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || host.startsWith('127.');
