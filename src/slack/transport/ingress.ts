import type { App, ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Deliveries } from '../../store/store.js';
import { type Withhold, withholdNothing } from '../../withhold.js';
import { createAckOnce, type AckOnce } from './ack-once.js';
import { type Delivery, readDelivery } from './delivery.js';
import {
  answerToFailed,
  answerToForeign,
  answerToRepeated,
  answerToSlow,
  answerToUnknown,
} from './fallback-answer.js';
import { describeFault } from './fault.js';
import type { Installation } from './installation.js';
import { isOurs } from './is-ours.js';
import { createTracker } from './tracker.js';
import { within } from './within.js';

/** What stands between a receiver and Bolt: everything gets one answer in time, nothing runs twice, and a stop can wait. */
export interface Ingress {
  /** The app as its receiver should see it. */
  readonly guard: (app: App) => App;
  /** Waits until Slack has an answer to all that came in, or the deadline (ms) has passed. */
  readonly answered: (deadlineMs: number) => Promise<boolean>;
  /** Waits until all work is finished, also what goes on after the answer. False when the deadline (ms) passed first. */
  readonly drain: (deadlineMs: number) => Promise<boolean>;
}

export interface IngressOptions {
  readonly installation: Pick<Installation, 'teamId' | 'organisation'>;
  readonly deliveries: Pick<Deliveries, 'isFirst'>;
  readonly log: Logger;
  readonly now: () => Date;
  readonly newSupportId: () => string;
  /** Slack waits 3 s from when it sends. Default 2300 ms. */
  readonly answerWithinMs?: number;
  /** Default: nothing is withheld. */
  readonly withhold?: Withhold;
}

export const createIngress = (options: IngressOptions): Ingress => {
  const working = createTracker();
  const unanswered = createTracker();
  const { withhold = withholdNothing } = options;
  const receive = (process: Process) => (event: ReceiverEvent) => {
    const once = createAckOnce((answer: unknown) => event.ack(withhold(answer)), options.log);
    void unanswered.run(() => once.out);
    return working.run(() => handle(options, { event, once, process }));
  };
  return {
    guard: (app) => withProcessEvent(app, receive),
    answered: unanswered.idle,
    drain: working.idle,
  };
};

type Process = (event: ReceiverEvent) => Promise<void>;

// Receivers ask for a whole `App` and use this one method of it.
const withProcessEvent = (app: App, receive: (process: Process) => Process): App => {
  const guarded = receive((event) => app.processEvent(event));
  return new Proxy(app, {
    get: (target, name): unknown =>
      name === 'processEvent' ? guarded : Reflect.get(target, name, target),
  });
};

interface Incoming {
  readonly event: ReceiverEvent;
  readonly once: AckOnce;
  readonly process: Process;
}

const handle = async (options: IngressOptions, incoming: Incoming): Promise<void> => {
  const { event, once } = incoming;
  const delivery = readDelivery(event.body);
  if (delivery === null) {
    options.log.warn('Slack delivered something that is not an object');
    await once.fallback(undefined);
    return;
  }
  if (!isOurs(event.body, options.installation)) {
    options.log.warn({ kind: delivery.kind }, 'refused what Slack delivered for another workspace');
    await once.fallback(answerToForeign(delivery));
    return;
  }
  const late = setTimeout(() => {
    options.log.error({ kind: delivery.kind }, 'no listener answered Slack in time');
    void once.fallback(answerToSlow(delivery));
  }, options.answerWithinMs ?? 2300);
  void once.out.then(() => {
    clearTimeout(late);
  });
  try {
    await runOnce(options, incoming, delivery);
  } catch (error) {
    const supportId = options.newSupportId();
    const fault = describeFault(error);
    options.log.error({ supportId, kind: delivery.kind, fault }, 'a listener failed');
    await once.fallback(answerToFailed(delivery, supportId));
  }
};

const runOnce = async (
  options: IngressOptions,
  { event, once, process }: Incoming,
  delivery: Delivery,
): Promise<void> => {
  if (!(await isFirst(options, delivery))) {
    options.log.info(
      { kind: delivery.kind, retry: event.retryNum },
      'delivered before; left alone',
    );
    await once.fallback(answerToRepeated(delivery));
    return;
  }
  await process({ ...event, ack: once.ack });
  if (once.isGiven()) return;
  options.log.warn({ kind: delivery.kind }, 'nothing here answers what Slack delivered');
  await once.fallback(answerToUnknown(delivery));
};

// A store that cannot say lets it through: the id of a request is made from the delivery, so a repeat finds the first.
const isFirst = async (options: IngressOptions, { key }: Delivery): Promise<boolean> => {
  if (key === null) return true;
  try {
    return await within(options.deliveries.isFirst(key, options.now()), 500);
  } catch (error) {
    options.log.warn(
      { fault: describeFault(error) },
      'whether this was delivered before is not known',
    );
    return true;
  }
};
