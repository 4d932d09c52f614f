import type { z } from 'zod';
import { errorCode } from '../error-code.js';

export type Environment = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => string;

/** Problems name the variable, never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError' as const;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The environment is not right:', ...problems].join('\n  '));
    this.problems = problems;
  }
}

/** Collects problems instead of throwing, so that all are reported at once. */
export interface Variables {
  /** null: not set, empty or invalid; an invalid value adds a problem. */
  readonly read: <T>(name: string, schema: z.ZodType<T, string>) => T | null;
  /** As `read`, or from the file named by NAME_FILE, without its final line break. */
  readonly readSecret: <T>(name: string, schema: z.ZodType<T, string>) => T | null;
  /** NAME or NAME_FILE is set, valid or not. */
  readonly isSet: (name: string) => boolean;
  readonly refuse: (problem: string) => void;
  readonly problems: readonly string[];
  /** Values found by `readSecret`, by name. */
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
      refuse(`${name} names a file that cannot be read (${errorCode(error) ?? 'unknown'})`);
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
