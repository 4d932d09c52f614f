import type { ServerResponse } from 'node:http';
import type { EventName } from './shown.js';

/** Computes the current payload of every event for one person. */
export type Show = (as: string) => Readonly<Record<EventName, unknown>>;

/** Server-sent events: each open page gets what changed since the last push. */
export interface Streams {
  readonly add: (response: ServerResponse, as: string) => void;
  /** Schedules a push; several calls result in one. */
  readonly changed: () => void;
  readonly stop: () => void;
}

/** Batches related changes, such as a message and its audit line, without a noticeable delay. */
const PUSH_DELAY_MS = 30;
/** Keeps idle connections open through proxies. */
const HEARTBEAT_MS = 20_000;

export function createStreams(show: Show): Streams {
  const open = new Map<
    ServerResponse,
    { readonly as: string; readonly sent: Map<string, string> }
  >();
  let timer: NodeJS.Timeout | null = null;
  const beat = setInterval(() => {
    for (const response of open.keys()) response.write(': still here\n\n');
  }, HEARTBEAT_MS);
  beat.unref();

  function pushAll(): void {
    timer = null;
    // Pages of the same person share one computation.
    const shown = new Map<string, ReturnType<Show>>();
    for (const [response, { as, sent }] of open) {
      const all = shown.get(as) ?? show(as);
      shown.set(as, all);
      push(response, sent, all);
    }
  }

  return {
    add(response, as) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const sent = new Map<string, string>();
      open.set(response, { as, sent });
      response.on('close', () => open.delete(response));
      push(response, sent, show(as));
    },
    changed() {
      if (open.size > 0) timer ??= setTimeout(pushAll, PUSH_DELAY_MS);
    },
    stop() {
      clearInterval(beat);
      if (timer !== null) clearTimeout(timer);
      for (const response of open.keys()) response.end();
      open.clear();
    },
  };
}

function push(response: ServerResponse, sent: Map<string, string>, all: ReturnType<Show>): void {
  for (const [name, value] of Object.entries(all)) {
    const json = JSON.stringify(value);
    if (sent.get(name) === json) continue;
    sent.set(name, json);
    response.write(`event: ${name}\ndata: ${json}\n\n`);
  }
}
