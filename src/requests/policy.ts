import type { Level } from './level.js';

/** The allowlist, as parsed from the policy file. Who may ask for what, and who must agree. */
export interface Policy {
  readonly roles: Readonly<Record<string, Role>>;
  readonly actions: Actions;
  readonly services: readonly ServiceRule[];
  readonly grants: GrantLimits;
  readonly requests: {
    readonly lapseAfter: number;
    readonly remindAfter: number | null;
    readonly escalate: { readonly after: number; readonly to: readonly string[] } | null;
  };
  /** Registrar credentials by reference: `env:NAME` or `file:/path`. */
  readonly accounts: Readonly<
    Record<string, { readonly username: string; readonly password: string }>
  >;
  readonly notify: {
    readonly grants: string | null;
    readonly approvals: string | null;
    readonly operators: string | null;
  };
  readonly identity: { readonly email: 'propose' | 'trust' | 'off' };
}

export interface Role {
  readonly users: readonly string[];
  readonly usergroups: readonly string[];
}

export const ACTIONS = [
  'register',
  'grant',
  'revoke',
  'extend',
  'update',
  'rotate',
  'unregister',
  'link',
  'audit',
  'doctor',
  'review',
] as const;
export type Action = (typeof ACTIONS)[number];
export type Actions = Readonly<Partial<Record<Action, ActionRule>>>;

export interface ActionRule {
  readonly may: readonly string[];
  readonly approve: {
    readonly by: readonly string[];
    readonly count: number;
    /** Whoever has one of these roles needs no one's agreement. */
    readonly unless: readonly string[];
  } | null;
}

/** Narrower rules for some services. `match` is an id, or a name in which `*` stands for any characters. */
export interface ServiceRule {
  readonly match: string;
  readonly actions: Actions;
  readonly notify: string | null;
}

export interface GrantLimits {
  /** As written, in the order of the file: `8h`, `90d`, `permanent`. */
  readonly durations: readonly string[];
  /** Milliseconds, or null for no limit. */
  readonly max: number | null;
  readonly levels: readonly Level[];
}
