import { z } from 'zod';

/** Under this the form of a change comes back when it is sent. */
export const formCallback = (change: string): string => `form:${change}`;
export const FORM_CALLBACK = /^form:/;

/** The change of a form that was sent; null: it is none of ours. */
export const changeOfCallback = (callback: string): string | null =>
  Callback.safeParse(callback).data ?? null;

const Callback = z
  .string()
  .regex(FORM_CALLBACK)
  .transform((callback) => callback.replace(FORM_CALLBACK, ''));

/** Choosing in this menu draws the form anew. */
export const reshapeAction = (change: string): string => `reshape:${change}`;

/** The id under which Slack asks for the services to choose from. */
export const SERVICE_PICK = 'service_pick';

/** The same for the Onezone users. */
export const ONEZONE_PICK = 'onezone_pick';

/** Blocks that every form may have besides the fields of its change. */
export const REASON = 'reason';
export const CONFIRM = 'confirm';
