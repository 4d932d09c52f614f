import type { Logger } from 'pino';
import type { Chat } from '../chat.js';
import type { Config } from '../config.js';
import type { Services } from '../services.js';
import type { Store } from '../store/store.js';
import type { Zone } from '../zone/zone.js';
import { createSlackApp } from './transport/app.js';
import { createBoltLogger } from './transport/bolt-logger.js';
import { createChat } from './outbox/chat.js';
import { createClients } from './transport/clients.js';
import { readInstallation } from './transport/installation.js';
import { registerListeners } from './listeners/index.js';
import { renderTelling } from './surfaces/messages/index.js';
import { createAnswerAt } from './transport/response-url.js';
import { createSafely } from './listeners/safely.js';

export interface Slack {
  readonly chat: Chat;
  /** Registers all listeners. Before `start`. */
  readonly listen: (services: Services) => void;
  readonly start: () => Promise<void>;
  readonly stop: (options: { readonly deadlineMs: number }) => Promise<void>;
  readonly healthy: () => boolean;
  readonly port: () => number | null;
}

/** All of Slack: messages out, listeners in. Throws `SlackStartError` when the token is not good. */
export async function createSlack(options: {
  readonly config: Config;
  readonly store: Store;
  readonly zone: Zone;
  readonly log: Logger;
  readonly now: () => Date;
  readonly newSupportId: () => string;
}): Promise<Slack> {
  const { config, store, zone, log, now } = options;
  const clients = createClients(config.slack, createBoltLogger(log));
  const installation = await readInstallation(clients.background);
  const facts = () => ({ zone: { url: zone.url, name: zone.name() }, privileges: zone.privileges });
  const chat = createChat({
    ...clients,
    render: (telling) => renderTelling(telling, facts()),
    installation,
    log,
    now,
  });
  const app = createSlackApp({ ...options, installation, deliveries: store.deliveries });
  const { start, stop, healthy, port } = app;
  return {
    chat,
    listen: (services) => {
      registerListeners(app.app, {
        services,
        client: clients.interactive,
        facts,
        answerAt: createAnswerAt({ slack: config.slack, log }),
        safely: createSafely({ ...options, record: (fault) => recordFault(services, fault) }),
      });
    },
    start,
    stop,
    healthy,
    port,
  };
}

function recordFault(
  { store, now }: Services,
  fault: { readonly name: string; readonly who: string; readonly supportId: string },
): Promise<unknown> {
  const { name: wanted, who, supportId } = fault;
  const about = { request: null, service: null, people: [] };
  return store.audit.append({
    at: now(),
    who,
    what: 'fault',
    ...about,
    detail: { wanted, supportId },
  });
}
