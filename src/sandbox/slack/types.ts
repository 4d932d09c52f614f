import type { Option } from './blockkit/shapes.js';
import type {
  SlackChannel,
  SlackMessage,
  SlackState,
  SlackUser,
  SlackUsergroup,
  View,
} from './state.js';

export interface SlackSandboxOptions {
  readonly port?: number;
  readonly host?: string;
  /** An earlier `sandbox.state`, to go on from. */
  readonly state?: SlackState;
  readonly now?: () => Date;
  /** A parsed app manifest. Without one every command, shortcut and event is delivered and every scope granted. */
  readonly manifest?: unknown;
  /** The bot's scopes, when they are not to be the manifest's. */
  readonly scopes?: readonly string[];
  /** One message a second to a channel, as Slack's documentation allows. */
  readonly strictRateLimit?: boolean;
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** Milliseconds in which the bot must answer: 3000 at Slack. */
  readonly ackDeadline?: number;
  /** Milliseconds in which a trigger_id can be used: 3000 at Slack. */
  readonly triggerLifetime?: number;
  /** Milliseconds before each further delivery of an event: at once, a minute, five minutes at Slack. */
  readonly eventRetryDelays?: readonly number[];
}

/** Milliseconds that Slack gives the bot. */
export interface SlackDeadlines {
  /** Until a request must be acknowledged. */
  ack: number;
  /** Until a trigger_id must be used. */
  trigger: number;
}

export interface SlackSandbox {
  /** http://127.0.0.1:PORT/api/ */
  readonly apiUrl: string;
  readonly port: number;
  readonly state: SlackState;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** Where the bot listens for requests. With null the sandbox speaks Socket Mode to whoever is connected. */
  setRequestUrl(url: string | null): void;
  addUser(user: NewUser): SlackUser;
  addChannel(channel: NewChannel): SlackChannel;
  addUsergroup(group: NewUsergroup): SlackUsergroup;
  /** Replaces parts of a user: deactivate, rename, make a guest. */
  changeUser(id: string, change: Partial<Omit<SlackUser, 'id'>>): SlackUser;
  /** Replaces parts of a channel: archive it, change its members. */
  changeChannel(id: string, change: Partial<Omit<SlackChannel, 'id'>>): SlackChannel;
  changeUsergroup(id: string, change: Partial<Omit<SlackUsergroup, 'id'>>): SlackUsergroup;
  as(userId: string): Person;
  messages(channelId: string): readonly SlackMessage[];
  /** The conversation of the bot with this person. */
  directMessages(userId: string): readonly SlackMessage[];
  ephemerals(userId: string): readonly SlackMessage[];
  home(userId: string): View | null;
  /** Every Web API call, oldest first. */
  readonly calls: readonly ApiCall[];
  /** Every request sent to the bot, oldest first. */
  readonly deliveries: readonly Delivery[];
  readonly faults: Faults;
  /** May be changed while the sandbox runs. */
  readonly deadlines: SlackDeadlines;
  /** Slack has an undocumented `client_msg_id`; a bot must be right without it, so this is off. */
  dedupeClientMsgId: boolean;
  /** Sends a recorded request once more: byte for byte, or spoilt in the named way. The answer is recorded, but changes nothing. */
  redeliver(delivery: Delivery, tamper?: Tamper): Promise<Delivery>;
  readonly sockets: Sockets;
  /** Resolves when the condition holds; it is asked again after every change. Rejects with `what` after `ms` (4000). */
  until(condition: () => boolean, what: string, ms?: number): Promise<void>;
  /** Tells every change; returns the end of the subscription. */
  on(listener: (change: SlackChange) => void): () => void;
  stop(): Promise<void>;
}

export interface NewUser {
  readonly id?: string;
  readonly name: string;
  readonly real_name?: string;
  readonly email?: string | null;
  readonly team_id?: string;
  readonly tz?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_admin?: boolean;
  readonly is_email_confirmed?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
}

export interface NewChannel {
  readonly id?: string;
  readonly name: string;
  readonly kind?: 'public' | 'private';
  readonly archived?: boolean;
  /** User ids. The bot is in it only if it is named: `sandbox.state.app.botUserId`. */
  readonly members?: readonly string[];
}

export interface NewUsergroup {
  readonly id?: string;
  readonly handle: string;
  readonly name?: string;
  readonly users?: readonly string[];
}

/** What a value can be picked or typed with: an option's value or the option, an id, a text, a number, several, or nothing. */
export type Choice = string | number | Option | readonly (string | Option)[] | null;

export interface ClickChoice {
  /** For a button: the one with this value, where several share an action_id. For a select: what is chosen. */
  readonly value?: Choice;
  readonly block?: string;
}

/** A modal, the Home tab, the newest message only this person sees, or a message as this person has it on the screen. */
export type ClickTarget = SlackMessage | 'modal' | 'home' | 'ephemeral message';

export interface Person {
  readonly id: string;
  /** What this person answers when an element asks for confirmation. True at the start. */
  confirms: boolean;
  /** A command if it begins with a slash, else a message. Without a channel: the first one the person is in, else the bot's DM. */
  types(
    text: string,
    where?: { readonly channel?: string; readonly thread?: string },
  ): Promise<Delivery>;
  clicks(on: ClickTarget, actionId: string, choice?: ClickChoice): Promise<Delivery>;
  /** The modal on top, with the values typed so far. */
  readonly modal: View | null;
  /** What Slack tells this person when the bot did not answer well; null after the next good answer. */
  readonly trouble: string | null;
  /** Writes into the modal without telling the bot. Keys are block_ids or action_ids. */
  fills(values: Readonly<Record<string, Choice>>): void;
  /** Chooses in a modal's input that tells the bot at once (`dispatch_action`), or in an actions or section block. */
  picks(actionId: string, value: Choice): Promise<Delivery>;
  /** Types into an external select. Shorter than `min_query_length` asks nobody and finds nothing. */
  searches(actionId: string, text: string, on?: ClickTarget): Promise<readonly Option[]>;
  /** Slack's own checks first: what they refuse is not delivered. */
  submits(values?: Readonly<Record<string, Choice>>): Promise<Submission>;
  /** Closes the modal on top, or all of them. Null when the bot did not ask to be told. */
  closes(options?: { readonly all?: boolean }): Promise<Delivery | null>;
  /** Opens the Home tab; resolves, when the bot acknowledged, with what is there by then. */
  opensHome(): Promise<View | null>;
  opensMessages(): Promise<Delivery>;
  /** A global shortcut, or with a message one from the menu of that message. */
  uses(shortcutCallbackId: string, on?: SlackMessage): Promise<Delivery>;
  /** A message to the bot alone, in the Messages tab. */
  writesToBot(text: string, where?: { readonly thread?: string }): Promise<Delivery>;
  /** Changes the text of an own message. */
  edits(message: SlackMessage, text: string): Promise<Delivery>;
  mentionsBot(text: string, channel: string): Promise<Delivery>;
}

export type DeliveryKind =
  | 'command'
  | 'block_actions'
  | 'block_suggestion'
  | 'view_submission'
  | 'view_closed'
  | 'shortcut'
  | 'event'
  | 'message';

type DeliveryOutcome =
  | 'ok'
  /** The bot could not be reached or answered other than 2xx. */
  | 'dispatch_failed'
  | 'operation_timeout'
  /** Answered in time, but with what Slack does not take; the person sees trouble, the bot hears nothing. */
  | 'invalid_ack'
  /** Slack itself kept it: no such command, a form not filled in, a dialog cancelled, nothing subscribed. */
  | 'not_delivered';

export interface Delivery {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: DeliveryKind;
  /** The event's, interaction's or command's own name: `app_mention`, an action_id, a callback_id, `/handle`. */
  readonly name: string;
  readonly user: string | null;
  readonly transport: 'http' | 'socket' | 'none';
  readonly payload: Readonly<Record<string, unknown>>;
  /** What went over the wire; null when nothing did. */
  readonly request: WireRequest | null;
  readonly status: number | null;
  /** The body of the answer, or the payload of the Socket Mode acknowledgement as JSON. */
  readonly body: string;
  readonly ms: number;
  readonly outcome: DeliveryOutcome;
  readonly why: string | null;
  /** 0 for the first time, 1 to 3 for an event sent again. */
  readonly retry: number;
}

export interface WireRequest {
  /** Over HTTP the headers as sent; in Socket Mode none. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Socket Mode only. */
  readonly envelopeId: string | null;
}

export type Submission = Delivery & { readonly errors?: Readonly<Record<string, string>> };

export interface Tamper {
  /** Seconds added to the timestamp, before signing. */
  readonly skew?: number;
  readonly signature?: 'wrong' | 'missing';
  readonly contentType?: string;
  /** Bytes the body is padded to, before signing. */
  readonly padTo?: number;
}

export interface ApiCall {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly method: string;
  /** Decoded arguments, without the token. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly token: 'bot' | 'app' | 'none' | 'unknown';
  readonly ok: boolean;
  readonly error: string | null;
  /** HTTP status; null when the connection was cut. */
  readonly status: number | null;
  readonly ms: number;
}

interface FaultScope {
  /** Web API method; every one when left out. */
  readonly method?: string;
  /** Only calls for this `channel`. */
  readonly channel?: string;
  /** How many calls it meets: 1 when left out. */
  readonly times?: number;
}

export type SlackFault = FaultScope &
  (
    | { readonly kind: 'status'; readonly status: number; readonly body?: string }
    /** HTTP 429; null leaves Retry-After out. */
    | { readonly kind: 'rate-limited'; readonly retryAfter: number | null }
    /** Served rightly, but late. */
    | { readonly kind: 'delay'; readonly ms: number }
    /** Never answered and not carried out. */
    | { readonly kind: 'hang' }
    /** Carried out, but never answered. */
    | { readonly kind: 'commit-then-hang' }
    | { readonly kind: 'reset' }
    /** Carried out, then the connection is cut before the answer. */
    | { readonly kind: 'commit-then-reset' }
    /** A 200 with a web page for a body. */
    | { readonly kind: 'html' }
    /** `ok: false`; with `commit` the call is carried out all the same, as `fatal_error` may mean. */
    | {
        readonly kind: 'error';
        readonly error: string;
        readonly commit?: boolean;
        readonly extra?: Readonly<Record<string, unknown>>;
      }
  );

export interface Faults {
  add(fault: SlackFault): void;
  clear(): void;
}

interface Sockets {
  readonly connected: number;
  /** Asks every connection to go (`warning` is only a notice); the bot is expected to come back. */
  disconnect(reason: 'warning' | 'refresh_requested' | 'link_disabled'): void;
  /** Cuts every connection without a word. */
  drop(): void;
}

export type SlackChange =
  | {
      readonly type: 'message';
      readonly channel: string;
      readonly ts: string;
      readonly what: 'posted' | 'changed' | 'deleted';
    }
  | { readonly type: 'ephemeral'; readonly user: string }
  /** A modal opened, changed or closed, or something was typed. */
  | { readonly type: 'modal'; readonly user: string }
  | { readonly type: 'home'; readonly user: string }
  | { readonly type: 'call'; readonly call: ApiCall }
  | { readonly type: 'delivery'; readonly delivery: Delivery }
  | { readonly type: 'people' }
  | { readonly type: 'channels' }
  | { readonly type: 'sockets'; readonly connected: number };
