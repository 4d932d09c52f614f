import type { Request } from './request.js';

/**
 * One move of a request: what it becomes, what the record says, and what must happen next.
 * The store writes all of it or nothing.
 */
export interface Step<R extends Request = Request> {
  readonly request: R;
  readonly entry: Entry;
  readonly jobs: readonly NewJob[];
}

/** One line of the audit. `who` is a Slack user id, or `bot`. */
export interface Entry {
  readonly at: Date;
  readonly who: string;
  readonly what: AuditWord;
  readonly request: string | null;
  readonly service: { readonly id: string | null; readonly name: string } | null;
  readonly people: readonly string[];
  /** Facts for the reader: rule, reason, receipts. Never a secret. Keys in camelCase, values short. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export type AuditWord =
  | 'asked'
  | 'refused'
  | 'previewed'
  | 'approved'
  | 'denied'
  | 'withdrawn'
  | 'lapsed'
  | 'reminded'
  | 'escalated'
  | 'asked in person'
  | 'started'
  | 'registered'
  | 'carried out'
  | 'failed'
  | 'unclear'
  | 'ending'
  | 'ended'
  | 'inherited'
  | 'linked'
  | 'unlinked'
  | 'policy loaded'
  | 'policy refused'
  | 'message failed'
  | 'kept waiting'
  | 'fault';

/** What a message tells; how it reads is `slack/messages/`. */
export type Telling =
  | 'approval' // the approvers' message; edited through the request's life
  | 'outcome' // DM to the requester; edited while it is carried out
  | 'welcome' // DM to a beneficiary: what you have now and how to publish
  | 'announcement' // team channel, once per new grant
  | 'kept' // DM to the requester: Onezone is not answering, nothing is lost
  | 'reminder' // to the approvers
  | 'ended' // DM to a beneficiary and the requester
  | 'trouble'; // operators' channel

/**
 * Work that changes the world. A job names a request and loads it fresh; it may run twice.
 * `key`: two waiting jobs of the same key are one. `lane`: jobs of one lane run one after the other, in order.
 */
export interface NewJob {
  readonly name: JobName;
  readonly key: string;
  readonly lane: string | null;
  readonly request: string | null;
  readonly payload: Readonly<Record<string, string>>;
  readonly runAt: Date;
}

export const JOB_NAMES = [
  'preview',
  'carry-out',
  'lapse',
  'remind',
  'escalate',
  'end',
  'tell',
  'notice',
  'read-services',
  'read-directory',
] as const;
export type JobName = (typeof JOB_NAMES)[number];
