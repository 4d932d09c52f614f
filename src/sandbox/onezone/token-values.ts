import { badToken } from './auth-errors.js';
import { readCaveat } from './caveats.js';
import { ZoneError } from './errors.js';
import { type JsonObject, type ZoneCaveat } from './state.js';
import { readToken, type ZoneToken } from './tokens.js';
import {
  badValueCaveat,
  badValueEmpty,
  badValueListOfStrings,
  badValueToken,
  badValueTokenType,
} from './value-errors.js';
import { anyObject, text } from './values.js';
import { isObject } from './visit.js';

/** A list of caveats Onezone understands. */
export function newCaveats(value: unknown, key: string): ZoneCaveat[] {
  if (!Array.isArray(value)) throw new ZoneError(badValueListOfStrings(key));
  const entries: readonly unknown[] = value;
  return entries.map((entry) => {
    const caveat = readCaveat(entry);
    if (caveat === null) throw new ZoneError(badValueCaveat(entry));
    return caveat;
  });
}

export function newTokenType(value: unknown, key: string): JsonObject {
  const kinds = ['accessToken', 'identityToken', 'inviteToken'];
  const known = isObject(value) && kinds.some((kind) => Object.hasOwn(value, kind));
  if (!known) throw new ZoneError(badValueTokenType(key));
  return anyObject(value, key);
}

/** A token handed over in a body. Says nothing about whether it is still good. */
export interface GivenToken {
  readonly text: string;
  readonly token: ZoneToken;
}

export function givenToken(value: unknown, key: string): GivenToken {
  const said = text(value, key);
  if (said === null || said === '') throw new ZoneError(badValueEmpty(key));
  try {
    return { text: said, token: readToken(said) };
  } catch (error) {
    if (error instanceof ZoneError) throw new ZoneError(badValueToken(key, error.spec));
    throw new ZoneError(badValueToken(key, badToken));
  }
}
