import { sql } from 'kysely';
import type { OnezoneId, Status } from '../requests/request.js';
import type { Database } from './database.js';
import type { RequestFilter } from './store.js';

interface Found {
  readonly id: string;
  readonly doc: string;
}

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;

export async function findDocs(
  db: Database['db'],
  filter: RequestFilter,
): Promise<readonly Found[]> {
  const { requester, subject, status, service, limit = DEFAULT_LIMIT } = filter;
  if (status?.length === 0) return [];
  const isOfOnePerson = requester !== undefined || subject !== undefined;
  const column = isOfOnePerson ? unindexed : indexed;
  let query = db.selectFrom('requests').select(['id', 'doc']);
  if (requester !== undefined) query = query.where('requester', '=', requester);
  if (subject !== undefined) query = query.where('id', 'in', requestsAbout(db, subject));
  if (status !== undefined) query = query.where(column<Status>('status'), 'in', status);
  if (service !== undefined) query = query.where(column<OnezoneId>('service_id'), '=', service);
  return query
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.min(limit, MAX_LIMIT))
    .execute();
}

/**
 * A person has few requests: whatever else is asked of them is looked at one by one. SQLite does not know how many rows
 * a value has and might walk all of a status instead; an expression keeps it from that index.
 */
const unindexed = <T>(column: string) => sql<T>`coalesce(${sql.ref(column)}, null)`;
const indexed = <T>(column: string) => sql.ref<T>(column);

const requestsAbout = (db: Database['db'], slack: string) =>
  db.selectFrom('subjects').select('request').where('slack', '=', slack);
