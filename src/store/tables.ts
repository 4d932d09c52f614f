import type { Generated } from 'kysely';
import type { ClaimState } from '../access/access.js';
import type { Status } from '../requests/request.js';
import type { JobName } from '../requests/step.js';
import type { Link } from './store.js';

/**
 * Rows as both engines hold them: moments as ISO text in UTC (they sort as they pass), documents as JSON text,
 * yes and no as 1 and 0. `doc` and `line` are the truth; columns beside them exist to be searched by.
 */
export interface Tables {
  readonly requests: RequestRow;
  readonly subjects: SubjectRow;
  readonly accesses: AccessRow;
  readonly claims: ClaimRow;
  readonly audit: AuditRow;
  readonly audit_head: { readonly id: number; readonly seq: number; readonly hash: string };
  readonly jobs: JobRow;
  readonly posts: {
    readonly key: string;
    readonly channel: string;
    readonly ts: string;
    readonly hash: string;
  };
  readonly links: LinkRow;
  readonly link_history: LinkHistoryRow;
  readonly users: {
    readonly id: string;
    readonly search: string;
    readonly read_at: string;
    readonly doc: string;
  };
  readonly user_emails: { readonly email: string; readonly user_id: string };
  readonly services: { readonly id: string; readonly search: string; readonly doc: string };
  readonly deliveries: { readonly key: string; readonly at: string };
  readonly marks: { readonly name: string; readonly value: string };
}

interface RequestRow {
  readonly id: string;
  readonly version: number;
  readonly change: string;
  readonly status: Status;
  readonly requester: string;
  readonly service_id: string | null;
  readonly asked_at: string;
  readonly doc: string;
}

/** One per person whom a request is about. */
interface SubjectRow {
  readonly request: string;
  readonly position: number;
  readonly slack: string;
}

interface AccessRow {
  readonly service_id: string;
  readonly onezone: string;
  readonly version: number;
  readonly doc: string;
}

/** One per claim of an access. */
interface ClaimRow {
  readonly service_id: string;
  readonly onezone: string;
  readonly request: string;
  readonly slack: string;
  readonly state: ClaimState['kind'];
}

interface AuditRow {
  readonly seq: number;
  readonly request: string | null;
  /** The version of the request that this line tells of; null where it moved none. */
  readonly version: number | null;
  readonly line: string;
  readonly hash: string;
}

export interface JobRow {
  readonly id: Generated<number>;
  readonly name: JobName;
  readonly key: string;
  /** Its lane; or where it has none, its key: the same work never runs twice at once. */
  readonly queue: string;
  readonly request: string | null;
  readonly payload: string;
  readonly state: 'waiting' | 'running' | 'buried';
  /** When it is to run; of a running job, when its lease runs out. Either way: when someone must look at it next. */
  readonly due_at: string;
  readonly since: string;
  readonly attempt: Generated<number>;
  readonly retries: Generated<number>;
  readonly lease: string | null;
  readonly error: string | null;
}

interface LinkRow {
  readonly slack: string;
  readonly onezone: string;
  readonly linked_by: string;
  readonly how: Link['how'];
  readonly at: string;
}

/** Never deleted. Written once when a link is made, and once more when it ends. */
interface LinkHistoryRow {
  readonly slack: string;
  /** From 0, in the order in which they were made. */
  readonly position: number;
  readonly onezone: string;
  readonly linked_by: string;
  readonly how: Link['how'];
  readonly since: string;
  readonly until: string | null;
  readonly ended_by: string | null;
}
