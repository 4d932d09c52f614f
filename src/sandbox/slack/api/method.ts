import type { z } from 'zod';
import type { Workspace } from '../workspace.js';
import { ApiError, invalidArguments } from './api-error.js';

export interface Call {
  readonly workspace: Workspace;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface Method {
  readonly token: 'bot' | 'app' | 'any';
  /** Needed whatever the arguments are. */
  readonly scope: string | null;
  run(call: Call): Readonly<Record<string, unknown>>;
}

export type Methods = Readonly<Record<string, Method>>;

/** @throws ApiError `missing_scope` */
export function needScope(workspace: Workspace, scope: string): void {
  const { scopes } = workspace;
  if (scopes === null || scopes.includes(scope)) return;
  throw new ApiError('missing_scope', { needed: scope, provided: scopes.join(',') });
}

/** @throws ApiError `invalid_arguments`, naming the argument */
export function readArgs<T>(schema: z.ZodType<T>, { args }: Call): T {
  const parsed = schema.safeParse(args);
  if (parsed.success) return parsed.data;
  throw invalidArguments(
    ...parsed.error.issues.map((issue) => {
      const given = issue.path[0] === undefined ? undefined : args[String(issue.path[0])];
      const fault = given === undefined ? 'missing required field' : 'invalid value';
      return `${fault}: ${String(issue.path[0])}`;
    }),
  );
}
