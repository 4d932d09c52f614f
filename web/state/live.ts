import { useEffect, useState } from 'preact/hooks';
import { events, type EventName } from '../../src/sandbox/page/shown.js';
import type * as shown from '../../src/sandbox/page/shown.js';

/** Everything that is shown, as the server last said it. */
export interface Live {
  readonly directory: shown.Directory;
  readonly slack: shown.ShownSlack;
  readonly zone: shown.ShownZone;
  readonly calls: readonly shown.ShownCall[];
  readonly audit: shown.ShownAudit;
  readonly weather: shown.Weather;
  readonly tour: shown.Tour;
}

export type Connection = 'connecting' | 'open' | 'lost';

const names = Object.keys(events);

/** Follows the server as one of the people. Null until everything has been said once. */
export function useLive(as: string | null): {
  readonly live: Live | null;
  readonly connection: Connection;
} {
  const [said, setSaid] = useState<Partial<Live>>({});
  const [connection, setConnection] = useState<Connection>('connecting');
  useEffect(() => {
    const source = new EventSource(as === null ? '/live' : `/live?as=${encodeURIComponent(as)}`);
    source.onopen = () => {
      setConnection('open');
    };
    // The browser tries again by itself.
    source.onerror = () => {
      setConnection('lost');
    };
    for (const name of names) {
      source.addEventListener(name, ({ data }: MessageEvent<unknown>) => {
        const news = read(name, data);
        setSaid((before) => ({ ...before, ...news }));
      });
    }
    return () => {
      source.close();
    };
  }, [as]);
  return { live: whole(said), connection };
}

function read(name: string, data: unknown): Partial<Live> {
  const json: unknown = JSON.parse(typeof data === 'string' ? data : 'null');
  const schema = isEvent(name) ? events[name] : null;
  return schema === null ? {} : { [name]: schema.parse(json) };
}

const isEvent = (name: string): name is EventName => Object.hasOwn(events, name);

function whole(said: Partial<Live>): Live | null {
  const { directory, slack, zone, calls, audit, weather, tour } = said;
  if (directory === undefined || slack === undefined || zone === undefined) return null;
  if (calls === undefined || audit === undefined) return null;
  if (weather === undefined || tour === undefined) return null;
  return { directory, slack, zone, calls, audit, weather, tour };
}
