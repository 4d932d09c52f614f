import { createServer as createPlain, type Server } from 'node:http';
import { createServer as createTls } from 'node:https';
import { callLog, type ZoneCall } from './calls.js';
import { faultQueue, type ZoneFaults } from './faults.js';
import { placesOf } from './find-route.js';
import { type Listener, zoneListener } from './listener.js';
import { routesOf } from './routes/index.js';
import {
  addGroup,
  addHandleService,
  addUser,
  mintToken,
  type NewGroup,
  type NewHandleService,
  type NewToken,
  type NewUser,
} from './seed.js';
import {
  emptyZoneState,
  type ZoneGroup,
  type ZoneHandleService,
  type ZoneState,
  type ZoneUser,
} from './state.js';
import { profileOf } from './version.js';
import { type Zone } from './zone.js';

export interface ZoneChange {
  readonly kind: 'call' | 'state' | 'faults';
}

/** A small Onezone on 127.0.0.1 that answers like the real one of the version it was started as. */
export interface OnezoneSandbox {
  /** `http://127.0.0.1:PORT` (https with `tls`), no path. */
  readonly url: string;
  readonly port: number;
  /** Live and JSON-serialisable: hand a copy to the next start and it goes on where it was. */
  readonly state: ZoneState;
  /** Every request, oldest first (the last 10 000). */
  readonly log: readonly ZoneCall[];
  readonly faults: ZoneFaults;
  readonly addUser: (user?: NewUser) => ZoneUser;
  readonly addGroup: (group?: NewGroup) => ZoneGroup;
  readonly addHandleService: (service: NewHandleService) => ZoneHandleService;
  /** The token string. Named unless `temporary`. */
  readonly mintToken: (token: NewToken) => string;
  /** Open: every REST call is answered 503 `serviceUnavailable` (from version 21.02.6 on). */
  readonly setBreaker: (open: boolean) => void;
  /** Tells of every call, change of state and change of faults; answers with the way to stop it. */
  readonly on: (listener: (change: ZoneChange) => void) => () => void;
  /** Closes every socket too, hanging ones included. */
  readonly stop: () => Promise<void>;
}

export interface OnezoneSandboxOptions {
  /** 0 when left out: any free one. */
  readonly port?: number;
  readonly host?: string;
  /** What Location headers name, whatever Host the client used. */
  readonly domain?: string;
  /** 18.02.3, 19.02.5, 20.02.20, 21.02.4, 21.02.7, 25.0 or any other: what differs is found by comparing. */
  readonly version?: string;
  /** `/api/v3/onezone`; older documents write `/api/v3`. */
  readonly prefix?: string;
  /** PEM texts. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Taken over as it is, not copied. */
  readonly state?: ZoneState;
  readonly now?: () => Date;
  /** 30, as Onezone's listener. */
  readonly maxRequestsPerConnection?: number;
}

export async function startOnezoneSandbox(
  options: OnezoneSandboxOptions = {},
): Promise<OnezoneSandbox> {
  const { now = () => new Date(), host = '127.0.0.1', maxRequestsPerConnection = 30 } = options;
  const zone = zoneOf(options, now);
  const listeners = new Set<(change: ZoneChange) => void>();
  const tell = (kind: ZoneChange['kind']) => () => {
    for (const listener of listeners) listener({ kind });
  };
  const calls = callLog(tell('call'));
  const faults = faultQueue(tell('faults'));
  const changed = tell('state');
  const end = new AbortController();
  const server = serverOf(
    options.tls,
    zoneListener({
      ...{ zone, faults, now, maxRequestsPerConnection, changed },
      findPlace: placesOf(routesOf(zone.profile)),
      called: calls.add,
      ended: end.signal,
    }),
  );
  const port = await listening(server, options.port ?? 0, host);
  const seeding = <Given extends unknown[], Added>(add: (...given: Given) => Added) => {
    return (...given: Given): Added => {
      const added = add(...given);
      changed();
      return added;
    };
  };
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    port,
    state: zone.state,
    log: calls.entries,
    faults,
    addUser: seeding((user?: NewUser) => addUser(zone, user)),
    addGroup: seeding((group?: NewGroup) => addGroup(zone, group)),
    addHandleService: seeding((service: NewHandleService) => addHandleService(zone, service)),
    mintToken: seeding((token: NewToken) => mintToken(zone, token)),
    setBreaker: seeding((open: boolean) => {
      zone.state.config.breakerOpen = open;
    }),
    on: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    stop: () => stopped(server, end),
  };
}

function zoneOf(options: OnezoneSandboxOptions, now: () => Date): Zone {
  const state = options.state ?? emptyZoneState();
  const { domain, version, prefix } = state.config;
  state.config.domain = options.domain ?? domain;
  state.config.version = options.version ?? version;
  state.config.prefix = options.prefix ?? prefix;
  return {
    state,
    profile: profileOf(state.config.version),
    seconds: () => Math.floor(now().getTime() / 1000),
  };
}

function serverOf(tls: OnezoneSandboxOptions['tls'], listener: Listener): Server {
  const server = tls === undefined ? createPlain(listener) : createTls(tls, listener);
  server.keepAliveTimeout = 30_000;
  return server;
}

function listening(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no TCP address'));
      else resolve(address.port);
    });
  });
}

function stopped(server: Server, end: AbortController): Promise<void> {
  return new Promise((resolve) => {
    end.abort();
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
