import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { errorCode } from '../error-code.js';
import type { Policy } from '../requests/policy.js';
import { parsePolicy, PolicyError } from './parse.js';
import { watchFile } from './watch-file.js';

/** The policy in force. Reloaded when its file changes; an invalid file is refused and the old policy stays. */
export interface PolicySource {
  readonly current: () => Policy;
  /** Reads the file now. Throws `PolicyError`; then the old policy stays. */
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
  /** Fallback for file systems that report no changes, such as network drives. Default 30 000. */
  readonly pollMs?: number;
}

const DEFAULT_POLL_MS = 30_000;

/** Rejects with `PolicyError` if the file is invalid: there is no policy to fall back to at the start. */
export async function openPolicy(
  path: string,
  { log, onReload, pollMs = DEFAULT_POLL_MS }: PolicySourceOptions,
): Promise<PolicySource> {
  const listeners: ReloadListener[] = onReload === undefined ? [] : [onReload];
  let lastContent = await read(path);
  let policy = accept(lastContent);
  let queue: Promise<unknown> = Promise.resolve();

  function accept(content: Content): Policy {
    if ('problem' in content) throw new PolicyError([content.problem]);
    const { policy: parsed, warnings } = parsePolicy(content.text);
    for (const warning of warnings) log.warn({ path, warning }, 'the policy has a doubtful rule');
    return parsed;
  }

  function apply(content: Content): Policy {
    lastContent = content;
    try {
      policy = accept(content);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      log.error({ path, problems: error.problems }, 'policy refused; the one before stays');
      notify({ problems: error.problems });
      throw error;
    }
    log.info({ path }, 'policy loaded');
    notify({ policy });
    return policy;
  }

  function notify(result: Parameters<ReloadListener>[0]): void {
    for (const listener of listeners) {
      try {
        listener(result);
      } catch (err) {
        log.error({ err }, 'a listener to the policy failed');
      }
    }
  }

  /** Serialised: an older read must not overwrite a newer one. */
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work);
    queue = done.catch(() => undefined);
    return done;
  }

  async function reloadIfChanged(): Promise<void> {
    const content = await read(path);
    if (isSame(content, lastContent)) return;
    try {
      apply(content);
    } catch (error) {
      // `apply` has already logged it and notified the listeners.
      if (!(error instanceof PolicyError)) throw error;
    }
  }

  const stop = watchFile(path, { log, pollMs, onChange: () => enqueue(reloadIfChanged) });
  return {
    current: () => policy,
    reload: () => enqueue(async () => apply(await read(path))),
    onReload: (listener) => void listeners.push(listener),
    stop,
  };
}

type Content = { readonly text: string } | { readonly problem: string };

async function read(path: string): Promise<Content> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    return {
      problem:
        code === 'ENOENT'
          ? '1:1 the file is not there; npx handle-desk init writes one, or copy policy.example.yml'
          : `1:1 the file cannot be read (${code})`,
    };
  }
}

const isSame = (one: Content, other: Content): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
