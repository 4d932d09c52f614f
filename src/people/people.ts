import type { Refusal } from '../errors.js';
import type { Actor, Voice } from '../requests/person.js';
import type { Identity, OnezoneId, SlackUser } from '../requests/request.js';
import type { Entry } from '../requests/step.js';
import type { DirectoryUser, Link, LinkHow, Unlink } from '../store/store.js';
import type { LinkCandidate } from './resolve-link.js';

/** Slack users, as seen by the policy and the zone. */
export interface People {
  /**
   * Standing, user groups of the policy, and link, for `decide`. `fresh` bypasses the cache of Slack's answers: use it for all that
   * gives power. Throws `refusals.slackSilent` where Slack does not say who somebody is.
   */
  actor(user: SlackUser, options?: { readonly fresh?: boolean }): Promise<Actor>;
  /** The same for several at one moment, in their order; each group is read once. */
  actors(
    users: readonly SlackUser[],
    options?: { readonly fresh?: boolean },
  ): Promise<readonly Actor[]>;
  /** The part of an actor that is about Onezone, at the price of no call to Slack where the profile is known. */
  voice(user: SlackUser, options?: { readonly fresh?: boolean }): Promise<Voice>;
  /** The person's Onezone user: stored link, else e-mail if the policy allows. Does not call Onezone. */
  identify(user: SlackUser): Promise<Identified>;
  /** Everyone who has one of these roles now, including through user groups; for direct messages and typeahead. */
  withRoles(roles: readonly string[]): Promise<readonly SlackUser[]>;
  /** Candidates for a link, best first: part of name, user name, e-mail address, or id. */
  search(text: string, limit: number): Promise<readonly DirectoryUser[]>;
  /** Onezone users whom a person may be, best first: by `text`, or if it is empty by their Slack profile. */
  candidates(question: {
    readonly person: SlackUser;
    readonly text: string;
    readonly limit: number;
  }): Promise<readonly LinkCandidate[]>;
  /** Stores a link and its audit line. Throws refusals: one’s own by hand, taken, blocked, gone, not an id. */
  link(link: {
    readonly slack: SlackUser;
    readonly onezone: OnezoneId;
    readonly by: SlackUser;
    readonly how: LinkHow;
  }): Promise<void>;
  /** The same checks, for a link that is to be stored together with something else. Null: it is there already. */
  prepareLink(
    link: Parameters<People['link']>[0],
  ): Promise<{ readonly link: Link; readonly entry: Entry } | null>;
  /** Only people of this workspace can be linked: throws the refusal of nobody, a bot, a stranger, a deactivated account. */
  mustBeLinkable(user: SlackUser): Promise<void>;
  /** Null: there is no link. `disowned`: the person says that it is not them. Throws the refusal of one’s own by hand. */
  prepareUnlink(unlink: {
    readonly slack: SlackUser;
    readonly by: SlackUser;
    readonly how: 'by hand' | 'disowned';
  }): Promise<{ readonly unlink: Unlink; readonly entry: Entry } | null>;
}

export type Identified =
  | { readonly kind: 'known'; readonly identity: Identity }
  /** The directory is not complete yet. */
  | { readonly kind: 'unknown yet' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
