import { type ErrorSpec } from './errors.js';
import { type ZoneCaveat } from './state.js';
import { tokenTypeName } from './token-type.js';

/** Status 400 is what the token endpoints answer; while authenticating they come inside a 401 `unauthorized`. */
const because = (id: string, description: string): ErrorSpec => ({ status: 400, id, description });

export const badBasicCredentials = because('badBasicCredentials', 'Invalid username or password.');

export const basicAuthNotSupported = because(
  'basicAuthNotSupported',
  'Basic auth is not supported by this Onezone.',
);

export const basicAuthDisabled = because(
  'basicAuthDisabled',
  'Basic auth is disabled for this user.',
);

export const userBlocked = because(
  'userBlocked',
  'This user account has been blocked by the administrator and cannot be used unless it is unblocked again.',
);

export const badToken = because(
  'badToken',
  'Provided token could not be understood by the server.',
);

export const tokenInvalid = because('tokenInvalid', 'Provided token is not valid.');

export const tokenRevoked = because('tokenRevoked', 'Provided token has been revoked.');

export const tokenSubjectInvalid = because(
  'tokenSubjectInvalid',
  'The token subject is invalid (does not exist or is different than expected).',
);

/** Characters. */
export const tokenSizeLimit = 1_048_576;

export const tokenTooLarge: ErrorSpec = {
  ...because(
    'tokenTooLarge',
    `Provided token exceeds the allowed size (${tokenSizeLimit} characters).`,
  ),
  details: { limit: tokenSizeLimit },
};

export function notAnAccessToken(received: Readonly<Record<string, unknown>>): ErrorSpec {
  return {
    ...because(
      'notAnAccessToken',
      `Expected an access token, but received a(n) ${tokenTypeName(received)}.`,
    ),
    details: { received },
  };
}

export function notAnIdentityToken(received: Readonly<Record<string, unknown>>): ErrorSpec {
  return {
    ...because(
      'notAnIdentityToken',
      `Expected an identity token, but received a(n) ${tokenTypeName(received)}.`,
    ),
    details: { received },
  };
}

export function badIdpAccessToken(idp: string): ErrorSpec {
  return {
    ...because('badIdpAccessToken', `Provided access token for "${idp}" is not valid.`),
    details: { idp },
  };
}

export function tokenTimeCaveatRequired(maxTtl: number): ErrorSpec {
  return {
    ...because(
      'tokenTimeCaveatRequired',
      `You must specify a time caveat with maximum TTL of ${maxTtl} seconds.`,
    ),
    details: { maxTtl },
  };
}

/** `why` is the sentence of the caveat's own kind, see caveats.ts. */
export function tokenCaveatUnverified(caveat: ZoneCaveat, why: string): ErrorSpec {
  return {
    ...because('tokenCaveatUnverified', `Provided token is not valid - ${why}.`),
    details: { caveat },
  };
}
