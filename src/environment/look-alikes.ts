import { nearest } from '../nearest.js';
import type { Environment } from './variables.js';

const OUR_PREFIX = /^(HANDLE_?DESK|SLACK|ONEZONE)_/;

/** Shorter names, such as PORT, resemble too many unrelated variables. */
const MIN_NAME_LENGTH = 8;

/** Variables that look like ours but are not read, probably misspelled. */
export function lookAlikes(env: Environment, known: readonly string[]): string[] {
  const unknown = Object.keys(env).filter((name) => env[name] && !known.includes(name));
  return unknown.flatMap((name) => {
    const near = nearest(name, known, 3);
    const isTypo = name.length >= MIN_NAME_LENGTH && nearest(name, known, 2) !== null;
    if (!OUR_PREFIX.test(name) && !isTypo) return [];
    return [`${name} is not read${near === null ? '' : `; did you mean ${near}?`}`];
  });
}
