import { z } from 'zod';

/** The parts of Slack's payloads that we read. Everything else is left where it is. */
export const CommandBody = z.object({
  user_id: z.string(),
  channel_id: z.string().optional(),
  text: z.string().default(''),
  trigger_id: z.string(),
  response_url: z.string(),
});
export type CommandBody = z.infer<typeof CommandBody>;

const View = z.object({
  id: z.string(),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  hash: z.string().optional(),
  state: z.unknown().optional(),
});

const User = z.object({ id: z.string() });

/** A button or menu, in a message (with `response_url`), a modal or App Home (with `view`). */
export const ActionBody = z.object({
  user: User,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  view: View.extend({ type: z.string() }).optional(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});
export type ActionBody = z.infer<typeof ActionBody>;

export const SubmissionBody = z.object({ user: User, trigger_id: z.string(), view: View });
export type SubmissionBody = z.infer<typeof SubmissionBody>;

export const ShortcutBody = z.object({ user: User, trigger_id: z.string() });
export const OptionsBody = z.object({
  user: User,
  action_id: z.string(),
  value: z.string().default(''),
});
export const HomeOpened = z.object({ user: z.string(), tab: z.string() });
/** The shortcut on a message: its author may be a bot, or Slack itself. */
export const MessageShortcutBody = ShortcutBody.extend({
  response_url: z.string().optional(),
  message: z.object({ user: z.string().optional(), bot_id: z.string().optional() }),
});

/** What a button carries. */
export const valueOf = (body: ActionBody): string =>
  body.actions[0]?.value ?? body.actions[0]?.selected_option?.value ?? '';

/** Where the message is in which a button was pressed; null in App Home and in modals. */
export const channelOf = (body: ActionBody): string | null => body.channel?.id ?? null;
