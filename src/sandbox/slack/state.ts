import type { Block, TextObject } from './blockkit/shapes.js';

/** Everything the workspace knows, as one plain object: it can be written to disk as JSON and given to a later start. */
export interface SlackState {
  readonly team: Team;
  readonly app: BotApp;
  /** Makes ids and message timestamps unique and repeatable. */
  counter: number;
  readonly users: Record<string, SlackUser>;
  readonly usergroups: Record<string, SlackUsergroup>;
  readonly channels: Record<string, SlackChannel>;
  /** By channel id, oldest first. A changed message is a new object at the old place. */
  readonly messages: Record<string, SlackMessage[]>;
  /** By user id: what only this person sees, in any channel. */
  readonly ephemerals: Record<string, SlackMessage[]>;
  readonly views: Record<string, View>;
  /** By user id: the ids of the open modals, bottom first, at most three. */
  readonly stacks: Record<string, readonly string[]>;
  /** By user id: the id of the Home view. */
  readonly homes: Record<string, string>;
  readonly responseUrls: Record<string, ResponseUrl>;
  readonly triggers: Record<string, Trigger>;
}

interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

interface BotApp {
  readonly id: string;
  readonly name: string;
  readonly botId: string;
  readonly botUserId: string;
}

export interface SlackUser {
  readonly id: string;
  /** Another team's id makes a stranger, as Slack Connect brings them. */
  readonly team_id: string;
  readonly name: string;
  readonly real_name: string;
  readonly email: string | null;
  readonly tz: string;
  readonly deleted: boolean;
  readonly is_bot: boolean;
  readonly is_admin: boolean;
  /** Whoever has not clicked the link in Slack's mail may have typed any address. */
  readonly is_email_confirmed: boolean;
  /** A guest; `is_ultra_restricted` is one of a single channel. */
  readonly is_restricted: boolean;
  readonly is_ultra_restricted: boolean;
}

export interface SlackUsergroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
  readonly disabled: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly archived: boolean;
  readonly members: readonly string[];
  /** The other side of a direct message with the bot; null elsewhere. */
  readonly user: string | null;
}

interface MessageMetadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface SlackMessage {
  readonly channel: string;
  /** Unique in the whole sandbox, not only in its channel. */
  readonly ts: string;
  readonly user: string;
  /** Only what the bot posted has one. */
  readonly bot_id?: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments?: readonly unknown[];
  readonly metadata?: MessageMetadata;
  readonly thread_ts?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly client_msg_id?: string;
  /** What people have chosen in its selects, by block_id and action_id. */
  readonly values?: StateValues;
}

export type StateValue = Readonly<Record<string, unknown>> & { readonly type: string };
/** By block_id, then by action_id. */
export type StateValues = Readonly<Record<string, Readonly<Record<string, StateValue>>>>;

export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  readonly hash: string;
  readonly title: TextObject | null;
  readonly submit: TextObject | null;
  readonly close: TextObject | null;
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly external_id: string;
  readonly clear_on_close: boolean;
  readonly notify_on_close: boolean;
  readonly blocks: readonly Block[];
  readonly values: StateValues;
  readonly previous_view_id: string | null;
  readonly root_view_id: string;
  /** What is written under the inputs, by block_id, until the next submission. */
  readonly errors: Readonly<Record<string, string>>;
}

export interface ResponseUrl {
  readonly kind: 'command' | 'action';
  readonly user: string;
  readonly channel: string;
  /** The message that `replace_original` means; null for a command. */
  readonly original: { readonly ts: string; readonly ephemeral: boolean } | null;
  readonly uses: number;
  /** ISO 8601. */
  readonly madeAt: string;
}

export interface Trigger {
  readonly user: string;
  readonly used: boolean;
  /** ISO 8601. */
  readonly madeAt: string;
  /** The view it came from; only such a trigger can push. */
  readonly view: string | null;
}
