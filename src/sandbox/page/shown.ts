import { z } from 'zod';
import { block, option } from '../slack/blockkit/shapes.js';

/** Payloads of the server-sent events; server and page share the schemas. */

const words = z.object({ type: z.string(), text: z.string() });
const values = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })));

const person = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  does: z.string(),
  /** First channel this person sees; null: none. Lets the page post there before their screen loads. */
  startChannel: z.string().nullable(),
});

const user = z.object({
  id: z.string(),
  /** What is typed after an @. */
  handle: z.string(),
  name: z.string(),
  bot: z.boolean(),
  guest: z.boolean(),
  gone: z.boolean(),
});

const command = z.object({ command: z.string(), description: z.string(), hint: z.string() });
const shortcut = z.object({ id: z.string(), name: z.string(), description: z.string() });

/** The same for everyone. */
const directory = z.object({
  team: z.string(),
  bot: z.object({ user: z.string(), name: z.string() }),
  people: z.array(person),
  users: z.array(user),
  groups: z.array(z.object({ id: z.string(), handle: z.string() })),
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
  commands: z.array(command),
  shortcuts: z.array(shortcut),
});

const message = z.object({
  channel: z.string(),
  ts: z.string(),
  user: z.string(),
  bot: z.boolean(),
  text: z.string(),
  blocks: z.array(block),
  values,
  /** `ts` of the last edit; null: never edited. */
  edited: z.string().nullable(),
  /** `ts` of the message it replies to; null: it is no reply. */
  thread: z.string().nullable(),
  onlyYou: z.boolean(),
});

const conversation = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['public', 'private', 'im']),
  canPost: z.boolean(),
  unread: z.number(),
  messages: z.array(message),
});

const modal = z.object({
  id: z.string(),
  title: words.nullable(),
  submit: words.nullable(),
  close: words.nullable(),
  callback: z.string(),
  blocks: z.array(block),
  values,
  errors: z.record(z.string(), z.string()),
});

/** Slack as one person sees it. */
export const slack = z.object({
  as: z.string(),
  conversations: z.array(conversation),
  home: z.object({ id: z.string(), blocks: z.array(block), values }).nullable(),
  /** Bottom first, at most three. */
  modals: z.array(modal),
  /** Number of unread messages by person. */
  unread: z.record(z.string(), z.number()),
});

const lasts = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('until'), at: z.string(), request: z.string() }),
  z.object({ kind: z.literal('permanently'), request: z.string() }),
]);

const member = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['user', 'group']),
  privileges: z.array(z.string()),
  /** Null: not granted by this desk. */
  lasts: lasts.nullable(),
});

const service = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  prefix: z.string(),
  proxyEndpoint: z.string(),
  /** The other properties, with secrets masked. */
  properties: z.array(z.object({ key: z.string(), value: z.string() })),
  members: z.array(member),
});

const zone = z.object({
  name: z.string(),
  url: z.string(),
  version: z.string(),
  services: z.array(service),
});

const call = z.object({
  seq: z.number(),
  at: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.union([z.number(), z.enum(['reset', 'hang'])]),
  fault: z.string().nullable(),
  ms: z.number(),
});

/** Requests that reached Onezone, newest first. */
const calls = z.array(call);

const line = z.object({
  seq: z.number(),
  at: z.string(),
  /** A Slack user id, or `bot`. */
  who: z.string(),
  what: z.string(),
  says: z.string(),
  request: z.string().nullable(),
  hash: z.string(),
  previous: z.string(),
  detail: z.string(),
});

const check = z.object({ lines: z.number(), brokenAt: z.number().nullable() });

/** Newest first. `check`: result of the last verification of the hash chain. */
const audit = z.object({
  total: z.number(),
  lines: z.array(line),
  check: check.nullable(),
});

export const FAULT_NAMES = ['down', 'slow', 'lost', 'breaker', 'limited'] as const;
export const faults = z.object({
  on: z.record(z.enum(FAULT_NAMES), z.boolean()),
  bot: z.enum(['running', 'stopped', 'starting']),
});

const step = z.object({
  title: z.string(),
  done: z.boolean(),
  /** What to do; `as`: who does it (null: anyone). */
  parts: z.array(z.object({ text: z.string(), done: z.boolean(), as: z.string().nullable() })),
  /** What happened; null until the step is done. */
  said: z.string().nullable(),
});

export const tour = z.object({
  /** Whether it is open at the first visit. */
  open: z.boolean(),
  steps: z.array(step),
  /** Index of the first open step; the number of steps when all are done. */
  at: z.number(),
});

/** The response to an act. */
export const acted = z.object({
  ok: z.boolean(),
  /** Slack's error message for this person. */
  trouble: z.string().nullable(),
  options: z.array(option).default([]),
});

export const eventSchemas = { directory, slack, zone, calls, audit, faults, tour } as const;
export type EventName = keyof typeof eventSchemas;

export type Directory = z.infer<typeof directory>;
export type ShownSlack = z.infer<typeof slack>;
export type ShownConversation = z.infer<typeof conversation>;
export type ShownMessage = z.infer<typeof message>;
export type ShownModal = z.infer<typeof modal>;
export type ShownValues = z.infer<typeof values>;
export type ShownZone = z.infer<typeof zone>;
export type ShownService = z.infer<typeof service>;
export type ShownMember = z.infer<typeof member>;
export type ShownCall = z.infer<typeof call>;
export type ShownAudit = z.infer<typeof audit>;
export type ShownLine = z.infer<typeof line>;
export type Faults = z.infer<typeof faults>;
export type FaultName = (typeof FAULT_NAMES)[number];
export type Tour = z.infer<typeof tour>;
export type Acted = z.infer<typeof acted>;
