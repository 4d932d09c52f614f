import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import { eventSchemas, type EventName } from '../../src/sandbox/page/shown.js';
import type * as shown from '../../src/sandbox/page/shown.js';

/** The latest state from the server. */
export interface Live {
  /** The person whose screen is shown. */
  readonly as: string;
  readonly directory: shown.Directory;
  /** Null until this person's first screen has arrived. */
  readonly slack: shown.ShownSlack | null;
  readonly unread: shown.ShownSlack['unread'];
  readonly zone: shown.ShownZone;
  readonly calls: readonly shown.ShownCall[];
  readonly audit: shown.ShownAudit;
  readonly faults: shown.Faults;
  readonly tour: shown.Tour;
}

export type Connection = 'connecting' | 'open' | 'lost';

const EVENT_NAMES = Object.keys(eventSchemas);

type Received = {
  readonly [Name in EventName]?: z.infer<(typeof eventSchemas)[Name]>;
};
type Screens = Readonly<Record<string, shown.ShownSlack>>;

/**
 * Follows the server as one person; null: the first one. `live` is null until every event has arrived once.
 * Keeps the last screen of each person, so that after a switch nobody sees or acts on another person's screen.
 */
export function useLive(chosen: string | null): {
  readonly live: Live | null;
  readonly connection: Connection;
} {
  const [received, setReceived] = useState<Received>({});
  const [screens, setScreens] = useState<Screens>({});
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const source = new EventSource(
      chosen === null ? '/live' : `/live?as=${encodeURIComponent(chosen)}`,
    );
    source.onopen = () => {
      setConnection('open');
    };
    // `EventSource` reconnects by itself.
    source.onerror = () => {
      setConnection('lost');
    };
    for (const name of EVENT_NAMES) {
      source.addEventListener(name, ({ data }: MessageEvent<unknown>) => {
        const news = read(name, data);
        setReceived((before) => ({ ...before, ...news }));
        const { slack } = news;
        if (slack !== undefined) setScreens((before) => ({ ...before, [slack.as]: slack }));
      });
    }
    return () => {
      source.close();
    };
  }, [chosen]);
  return { live: whole(received, screens, chosen), connection };
}

function read(name: string, data: unknown): Received {
  const json: unknown = JSON.parse(typeof data === 'string' ? data : 'null');
  const schema = isEvent(name) ? eventSchemas[name] : null;
  return schema === null ? {} : { [name]: schema.parse(json) };
}

const isEvent = (name: string): name is EventName => Object.hasOwn(eventSchemas, name);

function whole(received: Received, screens: Screens, chosen: string | null): Live | null {
  const { directory, slack, zone, calls, audit, faults, tour } = received;
  if (directory === undefined || slack === undefined || zone === undefined) return null;
  if (calls === undefined || audit === undefined) return null;
  if (faults === undefined || tour === undefined) return null;
  const as = chosen ?? directory.people[0]?.id ?? slack.as;
  const { unread } = slack;
  const screen = screens[as] ?? null;
  return { as, directory, slack: screen, unread, zone, calls, audit, faults, tour };
}
