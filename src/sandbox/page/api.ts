import { z } from 'zod';
import { FAULT_NAMES } from './shown.js';

/** Bodies of the POST requests of the page. */

const choice = z.union([z.string(), z.array(z.string()), z.null()]);

/** Includes the last edit: as in Slack, one can click on a version that was edited meanwhile. */
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
  /** Values of the modal on top, by `block_id`. */
  z.object({ ...doing('fill'), values: z.record(z.string(), choice) }),
  z.object({ ...doing('submit'), values: z.record(z.string(), choice) }),
  z.object({ ...doing('close'), all: z.boolean() }),
  z.object({ ...doing('shortcut'), id: z.string() }),
  z.object(doing('home')),
  z.object(doing('messages')),
  /** Marks everything in the conversation as read. */
  z.object({ ...doing('read'), channel: z.string() }),
  /** Fills Onedata's example into the open form. */
  z.object(doing('example')),
]);
export type Act = z.infer<typeof act>;
export type ActTarget = z.infer<typeof target>;
export type ActChoice = z.infer<typeof choice>;

export const setFault = z.object({ name: z.enum(FAULT_NAMES), on: z.boolean() });
export const setBot = z.object({ do: z.enum(['kill', 'start']) });
export const nothing = z.object({});
