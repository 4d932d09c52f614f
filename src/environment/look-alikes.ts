import { nearest } from '../nearest.js';
import type { Environment } from './variables.js';

const OURS = /^(HANDLE_?DESK|SLACK|ONEZONE)_/;

/** Short names such as PORT are near to too much that is not ours. */
const LONG_ENOUGH = 8;

/** Variables that look like ours but are not read: most often a slip of the pen. */
export function lookAlikes(env: Environment, known: readonly string[]): string[] {
  const unknown = Object.keys(env).filter((name) => env[name] && !known.includes(name));
  return unknown.flatMap((name) => {
    const near = nearest(name, known, 3);
    const slip = name.length >= LONG_ENOUGH && nearest(name, known, 2) !== null;
    if (!OURS.test(name) && !slip) return [];
    return [`${name} is not read${near === null ? '' : `; did you mean ${near}?`}`];
  });
}
