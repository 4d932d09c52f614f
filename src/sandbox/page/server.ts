import { createServer } from 'node:http';
import { createDesk } from './desk.js';
import { createGate } from './gate.js';
import { listen } from './listen.js';
import { createRouter } from './router.js';
import type { World } from './world.js';

export type * from './world.js';

export interface PageOptions {
  /** The first port to try; if it is taken, the next ones. 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** Required from every client; null if only this machine can connect. */
  readonly key: string | null;
  /** Whether the guided tour is open at the first visit. */
  readonly tour: boolean;
  /** The folder of the built page: `dist/sandbox/page/public`. */
  readonly files: string;
}

export interface Page {
  /** Includes the key, if there is one. */
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Serves the page that shows both sandboxes. Everything before it counts as read, and not as part of the tour.
 * @throws Error if it would be reachable from other machines without a key, or no port is free
 */
export async function startPage(world: World, options: PageOptions): Promise<Page> {
  const { host, key } = options;
  if (key === null && !isLoopback(host)) {
    throw new Error(`Without a key the page stays on this machine: ${host} is not loopback.`);
  }
  const desk = await createDesk(world, options);
  const gate = createGate(key);
  const server = createServer(createRouter({ gate, desk, files: options.files }));
  const port = await listen(server, host, options.port);
  return {
    url: `http://${addressOf(host)}:${port}/${key === null ? '' : `?key=${key}`}`,
    port,
    stop() {
      desk.stop();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    },
  };
}

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host);

/** A browser cannot open the wildcard address. */
function addressOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
