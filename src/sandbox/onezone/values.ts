import { z } from 'zod';
import { ZoneError } from './errors.js';
import { type JsonObject } from './state.js';
import {
  badValueBoolean,
  badValueEmpty,
  badValueJson,
  badValueListNotAllowed,
  badValueListOfStrings,
  badValueName,
  badValueNotAllowed,
  badValueString,
  missingAtLeastOneValue,
  missingRequiredValue,
} from './value-errors.js';
import { type Profile } from './version.js';
import { isObject } from './visit.js';

export type Data = Readonly<Record<string, unknown>>;
type Check<T> = (value: unknown, key: string) => T;

/** The value of a key that must be there. */
export function required<T>(data: Data, key: string, check: Check<T>): T {
  if (!Object.hasOwn(data, key)) throw new ZoneError(missingRequiredValue(key));
  return check(data[key], key);
}

/** `undefined` = the body does not say. */
export function optional<T>(data: Data, key: string, check: Check<T>): T | undefined {
  return Object.hasOwn(data, key) ? check(data[key], key) : undefined;
}

/** Asked after the values themselves: a wrong value is told before a missing one. */
export function requireOneOf(data: Data, keys: readonly string[]): void {
  if (!keys.some((key) => Object.hasOwn(data, key))) {
    throw new ZoneError(missingAtLeastOneValue(keys));
  }
}

/** `true` and `false` count as text: to oz-worker they are atoms, and an atom passes for a string. `null` is undefined. */
export function text(value: unknown, key: string): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value === null) return null;
  throw new ZoneError(badValueString(key));
}

export function nonEmptyText(value: unknown, key: string): string {
  const said = text(value, key);
  if (said === null || said === '') throw new ZoneError(badValueEmpty(key));
  return said;
}

/** Letters and digits of any script; the last line break is PCRE's `$`. Up to 19.02 `>` was fine inside. */
export function nameOf(profile: Profile): Check<string> {
  const edge = String.raw`()\p{L}\p{N}_`;
  const inner = `${edge} .\\-${profile.atLeast('20.02.0') ? '' : '>'}`;
  const pattern = new RegExp(`^[${edge}][${inner}]{0,${profile.nameMax - 2}}[${edge}]\n?$`, 'u');
  return (value, key) => {
    const said = text(value, key);
    if (said === null || !pattern.test(said)) throw new ZoneError(badValueName(profile.nameMax));
    return said;
  };
}

const jsonObject = z.record(z.string(), z.json());

export function nonEmptyObject(value: unknown, key: string): JsonObject {
  const object = anyObject(value, key);
  if (Object.keys(object).length === 0) throw new ZoneError(badValueEmpty(key));
  return object;
}

export function anyObject(value: unknown, key: string): JsonObject {
  if (!isObject(value)) throw new ZoneError(badValueJson(key));
  return jsonObject.parse(value);
}

export function truth(value: unknown, key: string): boolean {
  if (typeof value !== 'boolean') throw new ZoneError(badValueBoolean(key));
  return value;
}

/** One of a few words. */
export function oneOf(allowed: readonly string[]): Check<string> {
  return (value, key) => {
    const said = text(value, key);
    if (said === null || !allowed.includes(said)) {
      throw new ZoneError(badValueNotAllowed(key, allowed));
    }
    return said;
  };
}

/** A list kept verbatim, repeats included. Atoms (`null`, `true`) get as far as the vocabulary, numbers do not. */
export function listOf(vocabulary: readonly string[]): Check<string[]> {
  return (value, key) => {
    if (!Array.isArray(value)) throw new ZoneError(badValueListOfStrings(key));
    const entries: readonly unknown[] = value;
    if (
      entries.some(
        (entry) => typeof entry === 'number' || (entry !== null && typeof entry === 'object'),
      )
    ) {
      throw new ZoneError(badValueListOfStrings(key));
    }
    return entries.map((entry) => {
      if (typeof entry === 'string' && vocabulary.includes(entry)) return entry;
      throw new ZoneError(badValueListNotAllowed(key, vocabulary));
    });
  };
}
