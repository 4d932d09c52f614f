import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { errorCode } from '../error-code.js';
import type { Policy } from '../requests/policy.js';
import { parsePolicy } from './parse.js';
import { PolicyError } from './policy-error.js';
import { watchFile } from './watch-file.js';

/** The policy in force. Reloaded when its file changes; a bad file is refused and the old policy stays. */
export interface PolicySource {
  readonly current: () => Policy;
  /** Reads the file again now. Throws `PolicyError` with all problems; the policy in force stays. */
  readonly reload: () => Promise<Policy>;
  /** Called after each accepted or refused reload. */
  readonly onReload: (listener: ReloadListener) => void;
  readonly stop: () => void;
}

export type ReloadListener = (
  result: { readonly policy: Policy } | { readonly problems: readonly string[] },
) => void;

export interface PolicySourceOptions {
  readonly log: Logger;
  readonly onReload?: ReloadListener;
  /** How often the file is looked at even if the system reports no change, as on network drives; 30 000 ms when not said. */
  readonly pollMs?: number;
}

/** Rejects with `PolicyError` when the file cannot be used at the start: without a policy nobody may do anything. */
export async function openPolicy(
  path: string,
  { log, onReload, pollMs = 30_000 }: PolicySourceOptions,
): Promise<PolicySource> {
  const listeners: ReloadListener[] = onReload === undefined ? [] : [onReload];
  let seen = await read(path);
  let policy = accept(seen);
  let turn: Promise<unknown> = Promise.resolve();

  function accept(content: Content): Policy {
    if ('problem' in content) throw new PolicyError([content.problem]);
    const { policy: parsed, warnings } = parsePolicy(content.text);
    for (const warning of warnings) log.warn({ path, warning }, 'the policy has a doubtful rule');
    return parsed;
  }

  function take(content: Content): Policy {
    seen = content;
    try {
      policy = accept(content);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      log.error({ path, problems: error.problems }, 'policy refused; the one before stays');
      tell({ problems: error.problems });
      throw error;
    }
    log.info({ path }, 'policy loaded');
    tell({ policy });
    return policy;
  }

  function tell(result: Parameters<ReloadListener>[0]): void {
    for (const listener of listeners) {
      try {
        listener(result);
      } catch (err) {
        log.error({ err }, 'a listener to the policy failed');
      }
    }
  }

  /** One after the other: an older reading must not win over a newer one. */
  function next<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function look(): Promise<void> {
    const content = await read(path);
    if (isSame(content, seen)) return;
    try {
      take(content);
    } catch (error) {
      // A refused policy was told to everyone who listens.
      if (!(error instanceof PolicyError)) throw error;
    }
  }

  const stop = watchFile(path, { log, pollMs, onChange: () => next(look) });
  return {
    current: () => policy,
    reload: () => next(async () => take(await read(path))),
    onReload: (listener) => void listeners.push(listener),
    stop,
  };
}

type Content = { readonly text: string } | { readonly problem: string };

async function read(path: string): Promise<Content> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { problem: `1:1 the file cannot be read (${errorCode(error)})` };
  }
}

const isSame = (one: Content, other: Content): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
