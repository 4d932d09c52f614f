import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';

interface WatchOptions {
  readonly log: Logger;
  readonly pollMs: number;
  /** Something may have changed; called again and again, and often for nothing. */
  readonly onChange: () => Promise<void>;
}

/** An editor writes in several strokes, and a swap of symbolic links is several events. */
const SETTLE_MS = 100;

/**
 * Watches the folder and not the file: editors and Kubernetes put a new file in the old one's place, and a watch would
 * stay with the old one. Which name changed does not matter, because with Kubernetes it is that of a link in between.
 * Returns what ends it.
 */
export function watchFile(path: string, { log, pollMs, onChange }: WatchOptions): () => void {
  let settling: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;

  const look = (): void => {
    onChange().catch((err: unknown) => {
      log.error({ err, path }, 'the policy file could not be looked at');
    });
  };
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE_MS).unref();
  };
  const giveUp = (err: unknown): void => {
    watcher?.close();
    log.warn({ err, path, pollMs }, 'the system does not report changes; the file is polled');
  };

  try {
    watcher = watch(dirname(path), { persistent: false }, soon);
    watcher.on('error', giveUp);
  } catch (error) {
    giveUp(error);
  }
  const polling = setInterval(look, pollMs).unref();
  return () => {
    watcher?.close();
    clearTimeout(settling);
    clearInterval(polling);
  };
}
