import { createServer, type ServerResponse } from 'node:http';
import type { Config } from './config.js';
import { createConnections, type Dropped, farewell, hasBody, patience } from './connections.js';
import type { Worker } from './jobs/worker.js';
import type { Metrics } from './metrics.js';
import type { Services } from './services.js';
import type { StoreWatch } from './store-watch.js';

/** Time since the worker's last round after which `/livez` fails and the process should be restarted. */
const WORKER_STUCK_AFTER_MS = 120_000;

interface OpsOptions {
  readonly config: Pick<Config, 'ops'>;
  readonly services: Pick<Services, 'store' | 'now' | 'log'>;
  readonly worker: Pick<Worker, 'lastRound'>;
  readonly slack: { readonly problem: () => string | null };
  readonly storeWatch: Pick<StoreWatch, 'problem'>;
  readonly metrics: Metrics;
  /** Connections at once. */
  readonly room: number;
  readonly dropped: (how: Dropped) => void;
}

export interface Ops {
  start(): Promise<void>;
  stop(): Promise<void>;
  ready(is: boolean): void;
  port(): number;
  where(): { readonly ops: string };
}

/** `/livez`, `/readyz` and `/metrics`, on a port of their own that need not be exposed to Slack. */
export function openOps(options: OpsOptions): Ops {
  const { config, services, worker, slack, storeWatch, metrics } = options;
  let isReady = false;
  const { host } = config.ops;
  const connections = createConnections(options.room, options.dropped);
  const server = createServer(patience, (request, response) => {
    // Nothing here takes a body, so none is read.
    if (hasBody(request)) {
      farewell(request, response, 413);
      return;
    }
    response.once('close', connections.hold(request.socket));
    answer(request.url ?? '/', response).catch((err: unknown) => {
      services.log.error({ err }, 'the operators’ listener failed');
      send(response, 500, 'error\n');
    });
  });

  async function answer(path: string, response: ServerResponse): Promise<void> {
    switch (path) {
      case '/livez':
        send(response, isAlive() ? 200 : 503, isAlive() ? 'alive\n' : 'stuck\n');
        return;
      case '/readyz': {
        const problem = await notReady();
        if (problem !== null) send(response, 503, `${problem}\n`);
        else send(response, 200, await readyWords());
        return;
      }
      case '/metrics': {
        const text = await metrics.text(services.store, services.now());
        send(response, 200, text, metrics.contentType);
        return;
      }
      default:
        send(response, 404, 'not found\n');
    }
  }

  function isAlive(): boolean {
    const last = worker.lastRound();
    return last === null || services.now().getTime() - last.getTime() < WORKER_STUCK_AFTER_MS;
  }

  async function notReady(): Promise<string | null> {
    if (!isReady) return 'starting or stopping';
    const problem = slack.problem();
    if (problem !== null) return problem;
    return storeWatch.problem();
  }

  /** What is wrong but keeps nothing else from working: a restart would not help. */
  async function readyWords(): Promise<string> {
    const { problems } = await services.store.examinations.last();
    return problems.length === 0 ? 'ready\n' : ['ready, except', ...problems, ''].join('\n');
  }

  const port = (): number => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : config.ops.port;
  };

  return {
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.ops.port, host, () => {
          connections.watch(server);
          resolve();
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
    ready: (is) => {
      isReady = is;
    },
    port,
    where: () => ({ ops: `http://${host}:${port()}` }),
  };
}

function send(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, { 'content-type': type });
  response.end(text);
}
