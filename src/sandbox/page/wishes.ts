import { z } from 'zod';
import { weathers } from './shown.js';

/** What the page can ask for. */

const choice = z.union([z.string(), z.array(z.string()), z.null()]);

/** A message is named with its last edit: a person can click on what is no longer there, as in the real Slack. */
const target = z.union([
  z.object({ channel: z.string(), ts: z.string(), edited: z.string().nullable() }),
  z.literal('modal'),
  z.literal('home'),
]);

const as = { as: z.string() };
const doing = <K extends string>(name: K) => ({ ...as, do: z.literal(name) });

export const act = z.discriminatedUnion('do', [
  z.object({
    ...doing('type'),
    text: z.string().min(1).max(4000),
    channel: z.string(),
    thread: z.string().optional(),
  }),
  z.object({
    ...doing('click'),
    on: target,
    block: z.string(),
    action: z.string(),
    value: choice.optional(),
  }),
  z.object({ ...doing('search'), on: target, action: z.string(), text: z.string().max(200) }),
  /** By block_id: what was typed into the modal on top. */
  z.object({ ...doing('fill'), values: z.record(z.string(), choice) }),
  z.object({ ...doing('submit'), values: z.record(z.string(), choice) }),
  z.object({ ...doing('close'), all: z.boolean() }),
  z.object({ ...doing('shortcut'), id: z.string() }),
  z.object(doing('home')),
  z.object(doing('messages')),
  /** Everything in this conversation was on the screen. */
  z.object({ ...doing('read'), channel: z.string() }),
  /** Writes Onedata's own example into the form that is open. */
  z.object(doing('example')),
]);
export type Act = z.infer<typeof act>;
export type ActTarget = z.infer<typeof target>;
export type ActChoice = z.infer<typeof choice>;

export const turn = z.object({ name: z.enum(weathers), on: z.boolean() });
export const bot = z.object({ do: z.enum(['kill', 'start']) });
export const nothing = z.object({});
