import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaultDesk } from './api/fault-desk.js';
import { allMethods } from './api/methods.js';
import { createWebApi } from './api/web-api.js';
import { createCourier } from './delivery/courier.js';
import { createEventSender } from './delivery/event-sender.js';
import { createSocketHub } from './delivery/socket-hub.js';
import {
  addChannel,
  addUser,
  addUsergroup,
  channelOf,
  directChannel,
  putChannel,
  putUser,
  putUsergroup,
  userOf,
  usergroupOf,
} from './directory.js';
import { createListener } from './listener.js';
import { readManifest } from './manifest.js';
import { newState } from './new-state.js';
import { createPerson } from './people/person.js';
import { useResponseUrl } from './responses.js';
import type { Person, SlackSandbox, SlackSandboxOptions } from './types.js';
import { until } from './until.js';
import { homeOf } from './views.js';
import { createWorkspace, type Workspace } from './workspace.js';

export type * from './state.js';
export type * from './types.js';

/** A small Slack on loopback: Web API, signed requests or Socket Mode to the bot, and people to act as. */
export async function startSlackSandbox(options: SlackSandboxOptions = {}): Promise<SlackSandbox> {
  const workspace = workspaceFor(options);
  const {
    botToken = 'xoxb-sandbox',
    appToken = 'xapp-sandbox',
    signingSecret = 'sandbox-signing-secret',
    eventRetryDelays = [0, 60_000, 300_000],
  } = options;
  const faults = createFaultDesk();
  const server = createServer();
  const hub = createSocketHub(workspace, server);
  const courier = createCourier({ workspace, hub, signingSecret });
  const events = createEventSender(workspace, courier, eventRetryDelays);
  const tokens = { bot: botToken, app: appToken };
  const methods = allMethods(() => hub.ticketUrl());
  server.on(
    'request',
    createListener({
      webApi: createWebApi({ workspace, methods, tokens, faults }),
      responseUrl: (key, body) => useResponseUrl(workspace, key, body),
    }),
  );
  const port = await listen(server, options);
  workspace.origin = `http://${options.host ?? loopback}:${port}`;
  const people = new Map<string, Person>();

  return {
    apiUrl: `${workspace.origin}/api/`,
    port,
    botToken,
    appToken,
    signingSecret,
    faults,
    deadlines: workspace.deadlines,
    ...reading(workspace),
    ...directory(workspace),
    get dedupeClientMsgId() {
      return workspace.dedupeClientMsgId;
    },
    set dedupeClientMsgId(on) {
      workspace.dedupeClientMsgId = on;
    },
    sockets: {
      get connected() {
        return hub.connected;
      },
      disconnect(reason) {
        hub.disconnect(reason);
      },
      drop() {
        hub.drop();
      },
    },
    setRequestUrl(url) {
      courier.requestUrl = url;
    },
    as(id) {
      const person = people.get(id) ?? createPerson(workspace, id, { courier, events });
      people.set(id, person);
      return person;
    },
    redeliver: (delivery, tamper = {}) => courier.redeliver(delivery, tamper),
    stop() {
      events.stop();
      hub.drop();
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

const loopback = '127.0.0.1';

function workspaceFor(options: SlackSandboxOptions): Workspace {
  const manifest = readManifest(options.manifest);
  const { state = newState(manifest.name ?? 'bot') } = options;
  return createWorkspace({
    state,
    manifest,
    scopes: options.scopes ?? manifest.scopes,
    strictRateLimit: options.strictRateLimit ?? false,
    deadlines: { ack: options.ackDeadline ?? 3000, trigger: options.triggerLifetime ?? 3000 },
    now: options.now ?? (() => new Date()),
  });
}

function listen(
  server: Server,
  { port = 0, host = loopback }: SlackSandboxOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve(portOf(server.address()));
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

function reading(workspace: Workspace) {
  const { state, calls, deliveries } = workspace;
  const messages = (channelId: string) => [...(state.messages[channelId] ?? [])];
  return {
    state,
    calls,
    deliveries,
    messages,
    directMessages(userId: string) {
      const channel = directChannel(workspace, userId);
      return channel === null ? [] : messages(channel.id);
    },
    ephemerals: (userId: string) => [...(state.ephemerals[userId] ?? [])],
    home: (userId: string) => homeOf(workspace, userId),
    until: (condition: () => boolean, what: string, ms = 4000) =>
      until(workspace, condition, { what, ms }),
    on: (listener) => workspace.on(listener),
  } satisfies Partial<SlackSandbox>;
}

function directory(workspace: Workspace) {
  return {
    addUser: (user) => addUser(workspace, user),
    addChannel: (channel) => addChannel(workspace, channel),
    addUsergroup: (group) => addUsergroup(workspace, group),
    changeUser: (id, change) => putUser(workspace, { ...userOf(workspace, id), ...change }),
    changeChannel: (id, change) =>
      putChannel(workspace, { ...channelOf(workspace, id), ...change }),
    changeUsergroup: (id, change) =>
      putUsergroup(workspace, { ...usergroupOf(workspace, id), ...change }),
  } satisfies Partial<SlackSandbox>;
}
