import type { Logger } from 'pino';
import type { Facts } from '../changes/facts.js';
import type { Changes } from '../changes/table.js';
import type { Chat } from '../chat.js';
import type { Config } from '../config.js';
import type { Workspace } from '../doctor/examined.js';
import type { Services } from '../services.js';
import type { Store } from '../store/store.js';
import type { Withhold } from '../withhold.js';
import type { Zone } from '../zone/zone.js';
import { createAnswer } from './listeners/answer-submission.js';
import { createDesk } from './listeners/desk.js';
import { registerListeners } from './listeners/index.js';
import { createSafely } from './listeners/safely.js';
import { createChat } from './outbox/chat.js';
import { createSlackHealth } from './outbox/health.js';
import { renderMessage } from './surfaces/messages/index.js';
import { createSlackApp } from './transport/app.js';
import { createBoltLogger } from './transport/bolt-logger.js';
import { createClients } from './transport/clients.js';
import type { Door } from './transport/door.js';
import { readInstallation } from './transport/installation.js';
import { createAnswerAt } from './transport/response-url.js';
import { createWorkspaceLook } from './transport/workspace.js';

export interface Slack {
  readonly chat: Chat;
  /** Registers all listeners, and lets `chat.answer` reach whoever sent something. Before `start`. */
  readonly listen: (services: Services) => void;
  /** To look at, by calls that change nothing. */
  readonly workspace: Workspace;
  /** Whether Slack can reach us. */
  readonly connected: () => boolean;
  readonly start: () => Promise<void>;
  readonly stop: (options: { readonly deadlineMs: number }) => Promise<void>;
  /** Why nothing comes in or goes out, for operators, or null. */
  readonly problem: () => string | null;
  readonly port: () => number | null;
}

/** All of Slack: messages out, listeners in. Throws `SlackStartError` when the token is not good. */
export async function createSlack(options: {
  readonly config: Config;
  readonly store: Store;
  readonly zone: Zone;
  readonly changes: Changes;
  readonly log: Logger;
  readonly now: () => Date;
  readonly newSupportId: () => string;
  /** What everything that goes out passes. */
  readonly withhold: Withhold;
  readonly door: Door;
}): Promise<Slack> {
  const { config, store, zone, changes, log, now, withhold } = options;
  const clients = createClients(config.slack, createBoltLogger(log), withhold);
  const installation = await readInstallation(clients.background);
  const facts = (): Facts => factsOf(zone);
  const health = createSlackHealth(log);
  const outbox = createChat({
    ...clients,
    render: (message) => renderMessage(message, { facts: facts(), changes }),
    installation,
    health,
    log,
    now,
  });
  const app = createSlackApp({ ...options, installation, deliveries: store.deliveries });
  const { start, stop, port } = app;
  // Answers are drawn from all that the listeners have, and that comes only after the chat.
  let answer: Chat['answer'] = () => Promise.reject(new Error('Nobody listens yet.'));
  return {
    chat: { ...outbox, answer: (submission, said) => answer(submission, said) },
    listen: (services) => {
      const desk = createDesk({
        services,
        client: clients.interactive,
        facts,
        answerAt: createAnswerAt({ slack: config.slack, log, withhold }),
        safely: createSafely({ ...options, record: (fault) => recordFault(services, fault) }),
      });
      answer = createAnswer(desk);
      registerListeners(app.app, desk);
    },
    workspace: createWorkspaceLook(config.slack),
    connected: app.healthy,
    start,
    stop,
    problem: () => (app.healthy() ? health.problem() : 'no connection to Slack'),
    port,
  };
}

const factsOf = (zone: Zone): Facts => ({
  zone: { url: zone.url, name: zone.name() },
  privileges: zone.privileges,
});

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
