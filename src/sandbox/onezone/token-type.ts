/** `{"identityToken":{}}` → `identity token`. */
export function tokenTypeName(type: Readonly<Record<string, unknown>>): string {
  if ('identityToken' in type) return 'identity token';
  return 'inviteToken' in type ? 'invite token' : 'access token';
}

export function isIdentityToken(type: Readonly<Record<string, unknown>>): boolean {
  return 'identityToken' in type;
}

export function isAccessToken(type: Readonly<Record<string, unknown>>): boolean {
  return 'accessToken' in type;
}
