import type { z } from 'zod';
import { errorCode } from '../error-code.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => string;

/** What is wrong with the environment: every problem by the name of its variable, never by its value. */
export class ConfigError extends Error {
  override name = 'ConfigError' as const;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The environment is not right:', ...problems].join('\n  '));
    this.problems = problems;
  }
}

/** Reads variables one by one and gathers what is wrong, so that all of it can be said at once. */
export interface Variables {
  /** The parsed value, or null where it is not set or not right; the latter is noted. An empty value counts as not set. */
  readonly read: <T>(name: string, schema: z.ZodType<T, string>) => T | null;
  /** As `read`, or from the file that NAME_FILE names, whose last line break does not count. */
  readonly readSecret: <T>(name: string, schema: z.ZodType<T, string>) => T | null;
  /** Set, rightly or not, itself or as NAME_FILE. */
  readonly isSet: (name: string) => boolean;
  readonly refuse: (problem: string) => void;
  readonly problems: readonly string[];
  /** What `readSecret` has found, by name. */
  readonly secrets: ReadonlyMap<string, string>;
}

export function readVariables(env: Environment, readFile: ReadFile): Variables {
  const problems: string[] = [];
  const secrets = new Map<string, string>();
  const refuse = (problem: string): void => void problems.push(problem);
  const get = (name: string): string | null => env[name]?.trim() || null;

  const check = <T>(name: string, text: string | null, schema: z.ZodType<T, string>): T | null => {
    if (text === null) return null;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    for (const issue of result.error.issues) refuse(`${name} ${issue.message}`);
    return null;
  };

  const fromFile = (name: string, path: string): string | null => {
    try {
      const text = readFile(path).replace(/\r?\n$/, '');
      if (text === '') refuse(`${name} names an empty file`);
      return text || null;
    } catch (error) {
      refuse(`${name} names a file that cannot be read (${errorCode(error)})`);
      return null;
    }
  };

  return {
    problems,
    secrets,
    refuse,
    isSet: (name) => get(name) !== null || get(`${name}_FILE`) !== null,
    read: (name, schema) => check(name, get(name), schema),
    readSecret: (name, schema) => {
      const text = env[name] || null;
      const path = get(`${name}_FILE`);
      if (text !== null && path !== null) refuse(`${name} and ${name}_FILE are both set; keep one`);
      const value = text ?? (path === null ? null : fromFile(`${name}_FILE`, path));
      if (value !== null) secrets.set(name, value);
      return check(name, value, schema);
    },
  };
}
