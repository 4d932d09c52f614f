import type { OnezoneId, SlackUser } from './request.js';

/** What Slack says of a user, as far as the policy cares. `stranger`: from another workspace (Slack Connect). */
export type Standing = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';

/** Someone who does something, as the policy sees them at this moment. */
export interface Actor {
  readonly id: SlackUser;
  readonly standing: Standing;
  /** Ids of the Slack user groups that the policy names and this person is in. */
  readonly usergroups: readonly string[];
  /** Those of the policy's groups of which Slack did not say now who is in them. They give nothing. */
  readonly unsureOf?: readonly string[];
  /** Their Onezone user by stored link, else the one with their e-mail address, or null. */
  readonly onezone: OnezoneId | null;
}
