import { eventCallbackPayload } from '../payloads/event-callback.js';
import type { Delivery } from '../types.js';
import type { Workspace } from '../workspace.js';
import type { Courier, Parcel } from './courier.js';

export interface EventSender {
  /** Whether the app has asked for this kind of event. */
  wants(subscription: string): boolean;
  /** Resolves after the first attempt; the others follow by themselves. */
  send(event: AppEvent, user: string): Promise<Delivery>;
  stop(): void;
}

type AppEvent = Readonly<Record<string, unknown>> & { readonly type: string };

/** Delivers events, and again when they were not taken: up to three times, always the same event_id. */
export function createEventSender(
  workspace: Workspace,
  courier: Courier,
  delays: readonly number[],
): EventSender {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  async function attempt(parcel: Parcel, number: number): Promise<Delivery> {
    const delivery = await courier.deliver(parcel, () => null);
    const delay = delays[number];
    const failed = delivery.outcome !== 'ok' && !courier.finals.has(delivery.id);
    if (failed && delay !== undefined && !stopped) {
      const retry = { attempt: number + 1, reason: reasonOf(delivery) };
      const timer = setTimeout(() => {
        timers.delete(timer);
        void attempt({ ...parcel, retry }, number + 1);
      }, delay);
      timers.add(timer);
    }
    return delivery;
  }

  return {
    wants: (subscription) => workspace.manifest.events?.includes(subscription) ?? true,
    send: (event, user) =>
      attempt(
        { kind: 'event', name: event.type, user, payload: eventCallbackPayload(workspace, event) },
        0,
      ),
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function reasonOf(delivery: Delivery): string {
  if (delivery.outcome === 'operation_timeout') return 'http_timeout';
  return delivery.status === null ? 'connection_failed' : 'http_error';
}
