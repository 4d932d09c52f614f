import type { Refusal } from '../errors.js';
import type { Actor } from '../requests/person.js';
import type { Identity, OnezoneId, SlackUser } from '../requests/request.js';
import type { DirectoryUser } from '../store/store.js';
import type { LinkCandidate } from './resolve-link.js';

/** Slack users, as the policy and the zone see them. */
export interface People {
  /** Standing, user groups of the policy, and link, for `decide`. `fresh` asks Slack again: used where it matters, at a decision. */
  actor(user: SlackUser, options?: { readonly fresh?: boolean }): Promise<Actor>;
  /** Who someone is in Onezone: stored link, else by e-mail if the policy allows. Touches only the store and Slack. */
  identify(user: SlackUser): Promise<Identified>;
  /** Everyone who has one of these roles now, user groups resolved; for direct messages and typeahead. */
  withRoles(roles: readonly string[]): Promise<readonly SlackUser[]>;
  /** Candidates for a link, best first: part of name, user name, e-mail address, or id. */
  search(text: string, limit: number): Promise<readonly DirectoryUser[]>;
  /** Whom a person may be in Onezone, best first: by what was typed, or with nothing typed by what Slack knows of them. */
  candidates(question: {
    readonly person: SlackUser;
    readonly text: string;
    readonly limit: number;
  }): Promise<readonly LinkCandidate[]>;
  /** Stores a link and its audit line. Throws refusals: taken, blocked, gone. */
  link(link: {
    readonly slack: SlackUser;
    readonly onezone: OnezoneId;
    readonly by: SlackUser;
    readonly how: 'by hand' | 'by approval';
  }): Promise<void>;
  unlink(user: SlackUser, by: SlackUser): Promise<boolean>;
}

export type Identified =
  | { readonly kind: 'known'; readonly identity: Identity }
  /** The directory is not complete, so nobody can say yet. */
  | { readonly kind: 'unknown yet' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
