import type { ServerResponse } from 'node:http';
import type { EventName } from './shown.js';

/** What one open page is shown; the rest of the world asks for it whenever something may have changed. */
export type Show = (as: string) => Readonly<Record<EventName, unknown>>;

/** Server-sent events: to each open page, whatever changed since the last time. */
export interface Streams {
  readonly add: (response: ServerResponse, as: string) => void;
  /** Soon, and once for many calls. */
  readonly changed: () => void;
  readonly stop: () => void;
}

/** Milliseconds: what belongs together (a message and its audit line) arrives together, and nobody notices the wait. */
const pause = 30;
/** Keeps proxies and laptops' network stacks from taking the silence for the end. */
const heartbeat = 20_000;

export function createStreams(show: Show): Streams {
  const open = new Map<
    ServerResponse,
    { readonly as: string; readonly sent: Map<string, string> }
  >();
  let timer: NodeJS.Timeout | null = null;
  const beat = setInterval(() => {
    for (const response of open.keys()) response.write(': still here\n\n');
  }, heartbeat);
  beat.unref();

  function pushAll(): void {
    timer = null;
    // Several pages of one person are shown the same.
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
      if (open.size > 0) timer ??= setTimeout(pushAll, pause);
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
