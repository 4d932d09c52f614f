import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';

interface WatchOptions {
  readonly log: Logger;
  readonly pollMs: number;
  /** Called when the file may have changed, often without a change. */
  readonly onChange: () => Promise<void>;
}

/** Saving in an editor and swapping symbolic links each cause several events. */
const DEBOUNCE_MS = 100;

/**
 * Watches the folder, not the file: editors and Kubernetes replace the file, and a watch would stay on the old one. Ignores
 * which name changed, because with Kubernetes it is that of an intermediate link. Returns a function that stops watching.
 */
export function watchFile(path: string, { log, pollMs, onChange }: WatchOptions): () => void {
  let debounce: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;

  let isChecking = false;
  let again = false;
  let failed = false;

  /** One at a time: a file on a drive that hangs is not asked for over and over. */
  const check = (): void => {
    again = isChecking;
    if (isChecking) return;
    isChecking = true;
    onChange()
      .then(
        () => {
          failed = false;
        },
        (err: unknown) => {
          if (!failed) log.error({ err, path }, 'the policy file could not be looked at');
          failed = true;
        },
      )
      .finally(() => {
        isChecking = false;
        if (again) checkSoon();
        again = false;
      });
  };
  const checkSoon = (): void => {
    clearTimeout(debounce);
    debounce = setTimeout(check, DEBOUNCE_MS).unref();
  };
  const fallBackToPolling = (err: unknown): void => {
    watcher?.close();
    log.warn({ err, path, pollMs }, 'the system does not report changes; the file is polled');
  };

  try {
    watcher = watch(dirname(path), { persistent: false }, checkSoon);
    watcher.on('error', fallBackToPolling);
  } catch (error) {
    fallBackToPolling(error);
  }
  const polling = setInterval(check, pollMs).unref();
  return () => {
    watcher?.close();
    clearTimeout(debounce);
    clearInterval(polling);
  };
}
