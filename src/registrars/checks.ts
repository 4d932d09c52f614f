/** The problem as a sentence for the user, or null. */
export function checkUrl(value: string): string | null {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return 'Enter a full address, such as `https://mds.datacite.org`.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave user name and password out of the address: they come from the registrar account.';
  }
  return null;
}

export const checkPath = (value: string): string | null =>
  /^\/[^\s?#]*$/.test(value) ? null : 'Enter a path that starts with a slash, such as `/doi`.';

export const acceptAny = (): null => null;
