import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { Dropped } from './connections.js';
import type { Change } from './changes/change.js';
import { changes } from './changes/index.js';
import { createBursts } from './bursts.js';
import { createChanges } from './changes/table.js';
import { tellAuditHead } from './jobs/audit-head.js';
import { lookAround } from './look-around.js';
import { createWorker, type Worker } from './jobs/worker.js';
import { createGroupWatch } from './group-watch.js';
import { createMetrics } from './metrics.js';
import { createOnezone } from './onezone/onezone.js';
import { openFilesLimit, roomUnder } from './open-files.js';
import { openOps } from './ops.js';
import { createPeople } from './people/create-people.js';
import { accountSecrets } from './policy/accounts.js';
import { openPolicy } from './policy/source.js';
import { recordPolicy } from './record-policy.js';
import { job } from './requests/jobs.js';
import type { Secrets } from './secrets.js';
import type { Services } from './services.js';
import { createSlack } from './slack/slack.js';
import { openStore } from './store/open.js';
import { createStoreWatch, type StoreWatch } from './store-watch.js';
import { withholdingStore } from './store/withholding.js';
import { createZone } from './zone/zone.js';

export interface Bot {
  readonly services: Services;
  readonly worker: Worker;
  readonly storeWatch: StoreWatch;
  /** Port of Slack's requests (null in Socket Mode) and of the operators' listener, once started. */
  readonly ports: () => { readonly slack: number | null; readonly ops: number };
  start(): Promise<void>;
  /** Takes nothing new, finishes what runs or leaves it to its lease, and closes everything. */
  stop(): Promise<void>;
}

/** What is given from outside: by `main.ts` for real, by tests with a clock of their own. */
export interface BotOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Logger;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now?: () => Date;
  /** What the desk can change; the program's own table when not said. */
  readonly changes?: readonly Change[];
  /** Between two attempts at a call of Onezone. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** For what runs when we are told to stop. Ten seconds are what most supervisors give. */
const LISTENERS_TIMEOUT_MS = 4_000;
const JOBS_TIMEOUT_MS = 4_000;
const CALLS_TIMEOUT_MS = 500;
/** What a process had sent when it died may still be on its way: whoever looks for it too soon does not find it. */
const IN_FLIGHT_MS = 2_000;

/** Slack listeners, job worker and the operators' listener around the same services. */
export async function createBot(options: BotOptions): Promise<Bot> {
  const { config, log, secrets } = options;
  const now = options.now ?? (() => new Date());
  const newSupportId = (): string => randomBytes(5).toString('hex').toUpperCase();
  const read = {
    env: options.env,
    readFile: (path: string) => readFile(path, 'utf8'),
    hide: secrets.add,
  };
  const table = createChanges(options.changes ?? changes);
  const metrics = createMetrics();
  const { withhold } = secrets;
  const store = withholdingStore(await openStore(config.databaseUrl, { now, log }), withhold);
  const policy = await openPolicy(config.policyFile, { log });
  const hideAccounts = async (): Promise<void> => {
    for (const secret of await accountSecrets(policy.current(), read)) secrets.add(secret);
  };
  await hideAccounts();
  const onezone = createOnezone(config.onezone, {
    now,
    log,
    withhold,
    onCall: metrics.onezoneCall,
    ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
  });
  const zone = createZone({ onezone, url: config.onezone.url });
  const room = roomUnder(openFilesLimit());
  const noRoom = createBursts((what, times) => {
    log.warn({ times }, what);
  });
  const dropped = (listener: 'slack' | 'ops') => (how: Dropped) => {
    metrics.connectionDropped(listener, how);
    noRoom.count(`no room for more connections: the ${listener} listener ${how} one`);
  };
  const door = { room: room.slack, dropped: dropped('slack'), refused: metrics.requestRefused };
  const slack = await createSlack({
    ...{ config, store, zone, log, now, newSupportId, withhold, door },
    changes: table,
  });
  let worker: Worker | null = null;
  const wake = (): void => worker?.wake();
  const people = createPeople({
    store,
    chat: slack.chat,
    policy: policy.current,
    now,
    readUser: onezone.user,
    log,
    onGroup: createGroupWatch({ store, policy, log, now, newSupportId, wake }),
  });
  const services: Services = {
    config,
    store,
    onezone,
    chat: slack.chat,
    people,
    policy,
    changes: table,
    secrets: read,
    log,
    now,
    newSupportId,
    wake,
    examine: () =>
      lookAround({
        config,
        policy: policy.current(),
        accounts: read,
        workspace: slack.workspace,
        store: () => Promise.resolve({ kind: 'open', store }),
        intake: () => Promise.resolve({ kind: 'running', connected: slack.connected() }),
        now,
        ...(options.sleep === undefined ? {} : { sleep: options.sleep }),
      }),
  };
  const working = createWorker(services);
  worker = working;
  slack.listen(services);
  policy.onReload((result) => {
    // On record also where an account’s password cannot be read.
    void hideAccounts()
      .finally(() => recordPolicy(services, result))
      .catch((err: unknown) => {
        log.error({ err }, 'the policy’s reload could not be recorded');
      });
  });
  const storeWatch = createStoreWatch(services);
  const ops = openOps({
    ...{ config, services, worker: working, slack, storeWatch, metrics },
    ...{ room: room.ops, dropped: dropped('ops') },
  });

  return {
    services,
    worker: working,
    storeWatch,
    ports: () => ({ slack: slack.port(), ops: ops.port() }),
    start: async () => {
      for (const warning of config.warnings) log.warn({ warning }, 'setting to look at');
      await ops.start();
      await store.jobs.add([
        job('read-services', null, now()),
        job('read-directory', null, now()),
        tellAuditHead(now()),
      ]);
      await store.jobs.takeOver(new Date(now().getTime() + IN_FLIGHT_MS));
      working.start();
      storeWatch.start();
      await slack.start();
      ops.ready(true);
      // Found anew, so that the log of each start has it.
      await store.examinations.put({ problems: [], others: [] });
      await store.jobs.add([job('examine', null, now())]);
      working.wake();
      void zone.report(log);
      log.info({ ...ops.where(), slack: slack.port() }, 'ready');
    },
    stop: async () => {
      ops.ready(false);
      policy.stop();
      storeWatch.stop();
      await slack.stop({ deadlineMs: LISTENERS_TIMEOUT_MS });
      await working.stop(JOBS_TIMEOUT_MS);
      await ops.stop();
      // What it has not answered by now ends with the process.
      await Promise.race([onezone.close(), sleep(CALLS_TIMEOUT_MS, undefined, { ref: false })]);
      await store.close();
      log.info('stopped');
    },
  };
}
