import type { Config } from '../config.js';
import type { Probe } from '../onezone/probe.js';
import type { ZoneInfo } from '../onezone/onezone.js';
import type { AccountDeps } from '../policy/accounts.js';
import type { Policy } from '../requests/policy.js';
import type { StoreLook } from '../store/look.js';

/** Everything that checks look at. Each question is asked afresh; nothing is changed by any. */
export interface Examined {
  readonly config: Pick<Config, 'slack' | 'onezone' | 'databaseUrl' | 'listen'>;
  readonly policy: Policy;
  readonly accounts: AccountDeps;
  readonly workspace: Workspace;
  readonly zone: Zone;
  readonly store: () => Promise<StoreLook>;
  readonly intake: () => Promise<Intake>;
  readonly now: () => Date;
}

/** A Slack workspace, as far as a policy speaks of it. Throws `ChatError`. */
export interface Workspace {
  readonly installation: () => Promise<Installation>;
  /** Null: there is none, or it is private and the bot is not in it, which Slack does not tell apart. */
  readonly channel: (id: string) => Promise<Channel | null>;
  /** Null: Slack knows nobody of this id. */
  readonly person: (
    id: string,
  ) => Promise<{ readonly name: string; readonly standing: string } | null>;
  /** Null: there is none. */
  readonly group: (id: string) => Promise<Group | null>;
}

export interface Installation {
  readonly team: string;
  readonly botName: string;
  /** What Slack granted to the token; null: it does not say. */
  readonly scopes: readonly string[] | null;
  /** By Slack's clock; null: it does not say. */
  readonly date: Date | null;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly member: boolean;
}

export interface Group {
  readonly id: string;
  readonly handle: string;
  readonly disabled: boolean;
  readonly users: readonly string[];
}

/** A zone, by connections of its own: what was found out at the start may no longer be so. Throws what the client throws. */
export interface Zone {
  readonly probe: () => Promise<Probe>;
  readonly connect: () => Promise<ZoneInfo>;
  /** Ids of the services that the account can act on. */
  readonly services: () => Promise<readonly string[]>;
}

/** How Slack reaches the bot, as far as that can be seen from here. */
export type Intake =
  | { readonly kind: 'running'; readonly connected: boolean }
  /** Seen from beside the bot. `answer`: of the address to a question that only the real bot can answer. */
  | { readonly kind: 'http'; readonly at: string; readonly answer: 'right' | 'wrong' | 'none' }
  /** `refused`: Slack's word for why the app token opens no socket. */
  | { readonly kind: 'socket'; readonly refused: string | null };
