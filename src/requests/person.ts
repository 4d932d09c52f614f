import type { OnezoneId, SlackUser } from './request.js';

/** What Slack says of a user, as far as the policy cares. `stranger`: from another workspace (Slack Connect). */
export type Standing = 'member' | 'guest' | 'stranger' | 'bot' | 'deactivated';

/** A Slack account as one voice among others. Two accounts that share a Onezone user are one voice. */
export interface Voice {
  readonly id: SlackUser;
  /**
   * Every Onezone user that this account was ever linked to, or matches by e-mail now. The first is the one that it is linked
   * to, else the match. Never fewer than before: nobody gains a voice by moving a link.
   */
  readonly onezone: readonly OnezoneId[];
  /**
   * Others who chose a Onezone user for this account, or took one away, since it last proved one itself. They do not decide
   * where that link matters.
   */
  readonly linkedBy: readonly SlackUser[];
}

/** Someone who does something, as the policy sees them at this moment. */
export interface Actor extends Voice {
  readonly standing: Standing;
  /** Ids of the Slack user groups that the policy names and this person is in. */
  readonly usergroups: readonly string[];
  /** Those of the policy's groups of which Slack did not say now who is in them. They give nothing. */
  readonly unsureOf?: readonly string[];
}
