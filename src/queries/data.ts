import type { Level } from '../requests/level.js';
import type { GrantRequest, Identity, Request, ServiceRef } from '../requests/request.js';

/** What queries find out and answers show. Plain data: nothing here knows Slack. */
export interface HelpEntry {
  /** As typed after `/handle`. */
  readonly usage: string;
  readonly summary: string;
}

/** Access that someone has through the desk. */
export interface Access {
  readonly service: ServiceRef;
  readonly level: Level;
  /** Null: no end. */
  readonly end: Date | null;
  readonly request: GrantRequest['id'];
}

export interface RequestsFound {
  readonly mine: readonly Request[];
  /** Those that this person may decide now. */
  readonly waiting: readonly Request[];
}

export interface ServiceLine {
  readonly id: string;
  readonly name: string;
  readonly registrar: string | null;
  readonly prefix: string | null;
}

export interface ServicesPage {
  readonly services: readonly ServiceLine[];
  readonly total: number;
  readonly offset: number;
  /** What was searched for; empty for all. */
  readonly text: string;
}

export interface Member {
  readonly slack: string;
  readonly level: Level;
  readonly end: Date | null;
}

export interface ServiceShown extends ServiceLine {
  /** Null where Onezone could not be asked. */
  readonly proxyEndpoint: string | null;
  /** People with access through the desk, which is not everybody Onezone lets in. */
  readonly members: readonly Member[];
  readonly mine: Access | null;
  /** Whether this person may ask for access. */
  readonly mayAsk: boolean;
}

export interface WhoShown {
  readonly slack: string;
  /** Null: not linked, and no proposal either; then `why` says what is in the way. */
  readonly identity: Identity | null;
  readonly why: string | null;
  readonly roles: readonly string[];
  readonly may: readonly HelpEntry[];
}

export interface HomeShown {
  readonly access: readonly Access[];
  readonly requests: readonly Request[];
  readonly waiting: readonly Request[];
  readonly services: readonly ServiceLine[];
  readonly servicesTotal: number;
  readonly mayAsk: { readonly grant: boolean; readonly register: boolean };
  /** Why this person can do nothing here, or null. */
  readonly refused: string | null;
}
