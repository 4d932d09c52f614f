import { z } from 'zod';
import { block, option } from '../slack/blockkit/shapes.js';

/** What travels from the sandbox to the page, by the name of its event. The page reads it with the same schemas. */

const words = z.object({ type: z.string(), text: z.string() });
const values = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })));

const person = z.object({ id: z.string(), name: z.string(), role: z.string(), does: z.string() });

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

/** What is the same for everybody. */
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
  /** The `ts` of the last edit; null: never edited. */
  edited: z.string().nullable(),
  /** The `ts` of the message it answers; null: it answers none. */
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
  /** By person: messages they have not seen. */
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
  /** Null: this desk did not give it. */
  lasts: lasts.nullable(),
});

const service = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  prefix: z.string(),
  proxyEndpoint: z.string(),
  /** Everything else that is registered; a secret's value is three dots. */
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

/** Newest first. `check`: what the last look at the chain of hashes found. */
const audit = z.object({
  total: z.number(),
  lines: z.array(line),
  check: check.nullable(),
});

export const weathers = ['down', 'slow', 'lost', 'breaker', 'limited'] as const;
export const weather = z.object({
  on: z.record(z.enum(weathers), z.boolean()),
  bot: z.enum(['running', 'stopped', 'starting']),
});

const step = z.object({
  title: z.string(),
  done: z.boolean(),
  /** What to do, each with whether it is done, and who does it (null: whoever). */
  parts: z.array(z.object({ text: z.string(), done: z.boolean(), as: z.string().nullable() })),
  /** What happened, once it did. */
  said: z.string().nullable(),
});

export const tour = z.object({
  /** Open at the first visit. */
  open: z.boolean(),
  steps: z.array(step),
  /** Index of the first step that is not done; the number of steps when all are. */
  at: z.number(),
});

/** The answer to something a person did. */
export const acted = z.object({
  ok: z.boolean(),
  /** What Slack tells this person, where something went wrong. */
  trouble: z.string().nullable(),
  options: z.array(option).default([]),
});

export const events = { directory, slack, zone, calls, audit, weather, tour } as const;
export type EventName = keyof typeof events;

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
export type Weather = z.infer<typeof weather>;
export type WeatherName = (typeof weathers)[number];
export type Tour = z.infer<typeof tour>;
export type Acted = z.infer<typeof acted>;
