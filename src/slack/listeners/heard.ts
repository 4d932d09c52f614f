import { z } from 'zod';
import type { SlackUser } from '../../requests/request.js';

/** What a person said to the bot, and where. */
export interface Heard {
  readonly user: SlackUser;
  readonly channel: string;
  /** In the direct messages of these two alone: else others read along. */
  readonly isPrivate: boolean;
  readonly text: string;
  /** The thread of a channel in which it was said. */
  readonly thread: string | null;
}

const Said = z.object({
  type: z.enum(['message', 'app_mention']),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string(),
  text: z.string().default(''),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  edited: z.unknown().optional(),
  thread_ts: z.string().optional(),
});

/**
 * Null for all that nobody said to the bot: messages of bots and of Slack itself (somebody joined, something was edited or deleted),
 * and replies in a thread of the direct messages, which are to whatever stands above them. Files are left alone, not what is written with them.
 */
export function heardIn(event: unknown, me: SlackUser | undefined): Heard | null {
  const parsed = Said.safeParse(event);
  if (!parsed.success) return null;
  const { type, channel, user, text, subtype, thread_ts: thread, ...rest } = parsed.data;
  const isPrivate = type === 'message';
  if (rest.bot_id !== undefined || rest.edited !== undefined || user === me) return null;
  if (subtype !== undefined && subtype !== 'file_share') return null;
  if (isPrivate && (rest.channel_type !== 'im' || thread !== undefined)) return null;
  const said = me === undefined ? text : text.replaceAll(`<@${me}>`, ' ');
  return { user, channel, isPrivate, text: said.trim(), thread: thread ?? null };
}
