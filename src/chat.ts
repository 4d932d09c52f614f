import type { Standing } from './requests/person.js';
import type { Request, SlackUser } from './requests/request.js';
import type { Refusal } from './errors.js';
import type { Submission, SubmissionResult } from './operations/submission.js';
import type { MessageKind, TroubleKind } from './requests/step.js';

/** What the rest of the bot knows of Slack. `slack/` implements it; nothing else imports `@slack/*`. */
export interface Chat {
  /** Who a user id is, or null when Slack knows none. At most five minutes old; `fresh` asks Slack now. */
  profile(user: SlackUser, options?: { readonly fresh?: boolean }): Promise<Profile | null>;
  /** Members of a Slack user group; at most a minute old unless `fresh`. Throws `ChatError` where asking again may help. */
  groupMembers(group: string, options?: { readonly fresh?: boolean }): Promise<GroupMembers>;
  /** Whose account in this workspace has this e-mail address. Asks Slack each time. */
  ownerOfEmail(email: string): Promise<SlackUser | null>;
  /**
   * Posts a message, or edits the one that was posted for the same thing before. Null: it has nothing to say, so there is none.
   * Throws `ChatError`.
   */
  notify(message: ToNotify | Notice): Promise<Posted | null>;
  /**
   * Says to a person what came of what they sent: in the form's place, below the message or command, or as a direct message.
   * Rejects when they could not be told.
   */
  answer(submission: Submission, answer: SubmissionAnswer): Promise<void>;
}

export type SubmissionAnswer =
  | SubmissionResult
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'fault'; readonly supportId: string };

export interface GroupMembers {
  /** Nobody where the group cannot be read. */
  readonly users: readonly SlackUser[];
  /** Slack's word for why it cannot be read before somebody acts: gone, disabled, scope missing. Null: it was read. */
  readonly unreadable: string | null;
}

export interface Profile {
  readonly id: SlackUser;
  readonly standing: Standing;
  /** As Slack shows them; for display only, people choose it themselves. */
  readonly name: string;
  readonly email: string | null;
  /** Slack has had it confirmed by its owner. */
  readonly isEmailConfirmed: boolean;
  /** IANA name, for dates that a person reads. */
  readonly timezone: string | null;
}

/** Something about a request. */
export interface ToNotify extends ToPost {
  readonly message: MessageKind;
  /** Whom it is about, where it is about one. */
  readonly person: SlackUser | null;
  readonly request: Request;
  /** What a `trouble` message tells. */
  readonly trouble: TroubleKind;
  readonly undelivered: Undelivered | null;
}

/** A message that Slack did not take: which one, where it should have gone, and Slack's own word for why. */
export interface Undelivered {
  readonly message: string;
  readonly to: string;
  readonly code: string;
  /** Slack may still take it. */
  readonly tryingOn: boolean;
}

/** Something that is about no request. `text` is plain and as long as it likes. */
export interface Notice extends ToPost {
  readonly message: 'notice';
  readonly text: string;
}

/** A message, whatever it says. */
export interface ToPost {
  /** Channel or user id. */
  readonly to: string;
  /** What was posted for this before, or null. */
  readonly posted: Posted | null;
  /** The same for every attempt at this message. */
  readonly key: string;
  /** An earlier attempt may have reached Slack: look before posting again. */
  readonly mayBeThere: boolean;
  /** When the message was first due: no earlier copy can be older. */
  readonly since: Date;
}

/** Where a message stands, and the fingerprint of what it says: an unchanged message is not edited. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
  readonly hash: string;
}

/**
 * Slack did not take a message. `later`: try again, after `retryAfter` ms if Slack said so.
 * `unknown`: it may have arrived. `never`: trying again is pointless (archived, not in channel).
 * `credentials`: Slack takes nothing from us until an operator has acted; everything waits.
 */
export class ChatError extends Error {
  override name = 'ChatError' as const;
  readonly kind: 'later' | 'unknown' | 'never' | 'credentials';
  /** Slack's own error code, such as `is_archived`. */
  readonly code: string;
  readonly retryAfter: number | null;

  constructor(
    kind: ChatError['kind'],
    code: string,
    options: { readonly retryAfter?: number; readonly cause?: unknown } = {},
  ) {
    super(`Slack: ${code}`, { cause: options.cause });
    this.kind = kind;
    this.code = code;
    this.retryAfter = options.retryAfter ?? null;
  }
}
