import type { Access, AccessKey } from '../access/access.js';
import type { Posted } from '../chat.js';
import type { OnezoneId, Request, RequestId, SlackUser, Status } from '../requests/request.js';
import type { Entry, JobName, NewJob, Step } from '../requests/step.js';

/** The bot's memory. The only folder with SQL; the same code speaks to SQLite and PostgreSQL. */
export interface Store {
  readonly requests: Requests;
  readonly accesses: Accesses;
  readonly audit: Audit;
  readonly jobs: Jobs;
  readonly posts: Posts;
  readonly links: Links;
  readonly directory: Directory;
  readonly services: KnownServices;
  readonly deliveries: Deliveries;
  readonly unreadableGroups: UnreadableGroups;
  readonly examinations: Examinations;
  /**
   * Everything in one transaction. Each access must follow the stored one by one version, else `Overtaken` is thrown and
   * nothing is written. Throws `refusals.linkTaken` when the Onezone user of a link is someone else's.
   */
  commit(writes: Writes): Promise<void>;
  /** Throws when the database cannot be written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What is written together. */
export interface Writes {
  /** Called last, before all of it takes effect; what it throws undoes all. May be called more than once. */
  readonly guard?: () => void;
  readonly accesses?: readonly Access[];
  readonly links?: readonly Link[];
  readonly unlinks?: readonly Unlink[];
  readonly entries?: readonly Entry[];
  readonly jobs?: readonly NewJob[];
}

export interface Requests {
  /**
   * Request, audit line, jobs and whatever moves with them in one transaction. The step's version must follow the stored one, or for a new
   * request there must be none: otherwise nothing is written and `refusals.someoneElseJustDecided` (stored one moved) or
   * `refusals.unknownRequest` is thrown; `Overtaken` where an access moved.
   * A new request whose id exists already is not written; the stored one is returned, so that a redelivery is answered like the first.
   * When the stored one came by another submission, `IdTaken` is thrown.
   */
  commit(step: Step, writes?: Writes): Promise<Request>;
  /** Throws where the stored document cannot be read. */
  load(id: RequestId): Promise<Request | null>;
  /** A document that cannot be read is left out, logged, and counted by `unreadable`. */
  find(filter: RequestFilter): Promise<readonly Request[]>;
  /** Ids of stored requests that could not be read since the start, to be told to the operators. */
  unreadable(): readonly string[];
}

/** Newest first. All given conditions hold at once. */
export interface RequestFilter {
  readonly requester?: SlackUser;
  /** One of the people whom it is about. */
  readonly subject?: SlackUser;
  readonly status?: readonly Status[];
  readonly service?: OnezoneId;
  /** Default 100, at most 1000. */
  readonly limit?: number;
}

/** What Onezone users have on services through the desk. Written by `Store.commit` and with steps of requests. */
export interface Accesses {
  load(key: AccessKey): Promise<Access | null>;
  /** Those with a claim that was asked for this person and is not over. */
  ofPerson(slack: SlackUser): Promise<readonly Access[]>;
  /** Those with a claim that is not over. */
  ofService(service: OnezoneId): Promise<readonly Access[]>;
}

export interface Audit {
  /** For what moves no request: refusals, links, policy changes. */
  append(entry: Entry): Promise<AuditLine>;
  /** Oldest first, in pages. */
  read(range: { readonly after: number; readonly limit: number }): Promise<readonly AuditLine[]>;
  /** Newest first. */
  latest(limit: number): Promise<readonly AuditLine[]>;
  /** Walks the whole chain, which must hold a head that is known from elsewhere, if one is given. */
  verify(known?: KnownHead): Promise<Verified>;
  /** Where the chain ends, as kept beside it; null when that was taken away. */
  head(): Promise<Head | null>;
  /** Whether the line of this number still has this hash. */
  holds(head: Head): Promise<boolean>;
  /** The head that operators were told last, or null. */
  told(): Promise<Head | null>;
  markTold(head: Head): Promise<void>;
}

/** What reading an audit needs. */
export type ReadAudit = Pick<Audit, 'read' | 'verify'>;

/** The end of the chain, which the next line includes in its hash. `seq` is the number of lines. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export interface KnownHead {
  readonly hash: string;
  /** How many lines there were, where that is known too. */
  readonly lines: number | null;
}

/** `lines` are intact from the start, `brokenAt` is the first that is not; `head` is the hash of the last intact one. */
export interface Verified {
  readonly lines: number;
  readonly brokenAt: number | null;
  readonly head: string;
  readonly finding: Finding | null;
}

/** What was done to the audit. `line` is the first that is not as the desk wrote it; lines are numbered from 1. */
export type Finding =
  | {
      readonly kind: 'altered';
      readonly line: number;
      /** Its text or hash; a column beside them; text and hash together; or it was added without the desk. */
      readonly how: 'text' | 'column' | 'with its hash' | 'added';
    }
  | { readonly kind: 'removed'; readonly line: number; readonly to: number }
  | { readonly kind: 're-ordered'; readonly line: number; readonly at: number }
  /** `to`: the last that is missing, as far as is known. */
  | { readonly kind: 'cut'; readonly line: number; readonly to: number | null }
  | { readonly kind: 'emptied'; readonly line: 1; readonly to: number | null }
  /** What says where the chain ends was taken away. */
  | { readonly kind: 'no head'; readonly line: number }
  /** Whole in itself, but not the chain whose head is known. `line`: where it should be, if that is known. */
  | { readonly kind: 'another chain'; readonly line: number | null };

/**
 * `hash` = SHA-256 over the previous hash and the canonical JSON of the line: changing or removing one breaks all that follow.
 * `version`: of the request that the line moved, null where it moved none; absent from lines of version 0.1.0.
 */
export interface AuditLine extends Entry {
  readonly version?: number | null | undefined;
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

export interface Job extends NewJob {
  readonly name: JobName;
  readonly id: number;
  /** 1 on the first run. */
  readonly attempt: number;
  /** How often it was put back to be tried again. Runs that a crash cut off are not among these: they say nothing about the job. */
  readonly retries: number;
  /** When it was first due. */
  readonly since: Date;
  /** Proof of the lease: a job taken over by another process is no longer ours to finish. */
  readonly lease: string;
}

export interface Jobs {
  /** Adds jobs outside a step (recurring work). A waiting job of the same key stays, and is due at the earlier of both times. */
  add(jobs: readonly NewJob[]): Promise<void>;
  /**
   * Takes up to `limit` due jobs, leased until `until`. Of each lane only the oldest unfinished one, and none while it is taken.
   * Work without a lane queues behind its own key: the same work never runs twice at once.
   * Jobs whose lease ran out are due again.
   */
  claim(options: {
    readonly now: Date;
    readonly until: Date;
    readonly limit: number;
  }): Promise<readonly Job[]>;
  /** Done, or pointless: gone from the table. False when the lease was lost. */
  finish(job: Job): Promise<boolean>;
  /** Later again; a waiting job of the same key becomes one with it, at the time given here. False when the lease was lost. */
  retry(job: Job, options: { readonly at: Date; readonly error: string }): Promise<boolean>;
  /** Keeps the lease of a long job. */
  renew(job: Job, until: Date): Promise<boolean>;
  /**
   * What an earlier process took and did not finish is due at `at` instead of when its lease runs out, if it is certain that no other
   * process lives. To be called before the first `claim`. Returns how many jobs that were.
   */
  takeOver(at: Date): Promise<number>;
  /** Set aside after too many attempts: blocks no lane, is counted, can be looked at. */
  bury(job: Job, error: string): Promise<void>;
  /** When the next job is due or a lease runs out; null when there is none. */
  nextAt(): Promise<Date | null>;
  counts(now: Date): Promise<{
    readonly waiting: number;
    readonly overdue: number;
    readonly running: number;
    readonly buried: number;
    readonly oldestDue: Date | null;
  }>;
  /** Since when the oldest waiting job of these names has been due; null when none is. */
  dueSince(names: readonly JobName[], now: Date): Promise<Date | null>;
}

/** Messages that were posted, by the key of their job. */
export interface Posts {
  get(key: string): Promise<Posted | null>;
  put(key: string, posted: Posted): Promise<void>;
}

/** Which Onezone user a Slack user is. One to one, in both directions. */
export interface Link {
  readonly slack: SlackUser;
  readonly onezone: OnezoneId;
  readonly by: SlackUser;
  readonly how: LinkHow;
  readonly at: Date;
}

/** `by e-mail`: the address matched, and whoever asked confirmed it. `by proof`: with an identity token of the Onezone user. */
export type LinkHow = 'by hand' | 'by approval' | 'by e-mail' | 'by proof';

/** A link as it is remembered. */
export interface PastLink extends Link {
  /** Null: it still holds. */
  readonly until: Date | null;
  /** Who took it away, or made the one that came after it. */
  readonly endedBy: SlackUser | null;
}

/** Takes away the link to this Onezone user; where there is another one by now, nothing. */
export interface Unlink {
  readonly slack: SlackUser;
  readonly onezone: OnezoneId;
  readonly by: SlackUser;
  readonly at: Date;
}

export interface Links {
  ofSlack(user: SlackUser): Promise<Link | null>;
  ofOnezone(user: OnezoneId): Promise<Link | null>;
  /** Replaces the link of this Slack user, in one transaction with its audit line; throws `refusals.linkTaken` when the Onezone user is someone else's. */
  put(link: Link, entry: Entry): Promise<void>;
  /** False: there was no such link any more, and nothing was written. */
  remove(unlink: Unlink, entry: Entry, writes?: Pick<Writes, 'jobs'>): Promise<boolean>;
  /** All that this Slack user ever had, oldest first. */
  history(user: SlackUser): Promise<readonly PastLink[]>;
}

/** What we remember of Onezone's users, so that an e-mail address can be looked up at all. */
export interface DirectoryUser {
  readonly id: OnezoneId;
  readonly fullName: string;
  readonly username: string | null;
  /** Normalised by `onezone/email.ts`. */
  readonly emails: readonly string[];
  readonly blocked: boolean;
  readonly readAt: Date;
}

export interface Directory {
  ids(): Promise<readonly OnezoneId[]>;
  put(users: readonly DirectoryUser[]): Promise<void>;
  remove(ids: readonly OnezoneId[]): Promise<void>;
  get(id: OnezoneId): Promise<DirectoryUser | null>;
  byEmail(email: string): Promise<readonly DirectoryUser[]>;
  /** By part of name, user name, e-mail address or by id; best first. */
  search(text: string, limit: number): Promise<readonly DirectoryUser[]>;
  /** Ids read longest ago, to be read again. */
  stalest(limit: number, before: Date): Promise<readonly OnezoneId[]>;
  /** `completeAt`: when every id of the zone was last known here; null: never. */
  state(): Promise<{ readonly users: number; readonly completeAt: Date | null }>;
  markComplete(at: Date): Promise<void>;
}

/** Handle services as last seen in the zone. Never a credential. */
export interface KnownService {
  readonly id: OnezoneId;
  readonly name: string;
  readonly registrar: string | null;
  readonly prefix: string | null;
  readonly readAt: Date;
}

export interface KnownServices {
  /** What the zone has now: others are forgotten. */
  replaceAll(services: readonly KnownService[]): Promise<void>;
  put(service: KnownService): Promise<void>;
  remove(id: OnezoneId): Promise<void>;
  get(id: OnezoneId): Promise<KnownService | null>;
  /** Exact name without regard to case. */
  byName(name: string): Promise<readonly KnownService[]>;
  /** Names that contain the text, without regard to case; those that start with it first, then by name. Empty text: all. */
  search(
    text: string,
    page: { readonly limit: number; readonly offset?: number },
  ): Promise<readonly KnownService[]>;
  count(): Promise<number>;
  /** Whether the zone's services were ever read, and why the last attempt came to nothing. */
  reading(): Promise<{ readonly readAt: Date | null; readonly trouble: ReadingTrouble | null }>;
  /** Remembered until the next `replaceAll`. */
  couldNotBeRead(trouble: ReadingTrouble): Promise<void>;
}

/** In words for people. */
export interface ReadingTrouble {
  readonly why: string;
  readonly next: string;
}

/** What the desk last found out about itself, for whichever replica is asked. */
export interface Examinations {
  last(): Promise<Examination>;
  put(examination: Examination): Promise<void>;
}

/** A line for each thing. */
export interface Examination {
  readonly problems: readonly string[];
  /** Warnings, and what could not be looked at. */
  readonly others: readonly string[];
}

/** User groups of which Slack says that they cannot be read, so that operators hear of each once, whichever process finds it. */
export interface UnreadableGroups {
  /** With its audit line and the jobs that tell it. False when it is known already: then nothing is written. */
  add(
    group: string,
    told: { readonly entry: Entry; readonly jobs: readonly NewJob[] },
  ): Promise<boolean>;
  /** It can be read again. False when it was not among them. */
  remove(group: string, entry: Entry): Promise<boolean>;
}

/** What Slack delivered already: it sends some things twice, and to another replica. */
export interface Deliveries {
  /** True for the first time this key is seen. */
  isFirst(key: string, now: Date): Promise<boolean>;
  /** Forgets those older than a moment. */
  sweep(before: Date): Promise<void>;
}
