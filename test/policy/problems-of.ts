import { parsePolicy } from '../../src/policy/parse.js';
import { PolicyError } from '../../src/policy/parse.js';

/** None when the file is right. */
export function problemsOf(text: string): readonly string[] {
  try {
    parsePolicy(text);
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
  return [];
}
