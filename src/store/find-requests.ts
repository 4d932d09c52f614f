import { sql } from 'kysely';
import type { OnezoneId, Status } from '../requests/request.js';
import type { Database } from './database.js';
import { ACCESS } from './request-rows.js';
import type { RequestFilter } from './store.js';

interface Found {
  readonly id: string;
  readonly doc: string;
}

export async function findDocs(
  db: Database['db'],
  filter: RequestFilter,
): Promise<readonly Found[]> {
  const { requester, beneficiary, status, service, active = false } = filter;
  if (status?.length === 0) return [];
  const ofOnePerson = requester !== undefined || beneficiary !== undefined;
  const column = ofOnePerson ? looked : indexed;
  let query = db.selectFrom('requests').select(['id', 'doc']);
  if (requester !== undefined) query = query.where('requester', '=', requester);
  if (beneficiary !== undefined) query = query.where('id', 'in', grantsOf(db, beneficiary, active));
  if (status !== undefined) query = query.where(column<Status>('status'), 'in', status);
  if (service !== undefined) query = query.where(column<OnezoneId>('service_id'), '=', service);
  if (active) query = query.where(column<number>('active'), '=', 1);
  return query
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(Math.min(filter.limit ?? 100, 1000))
    .execute();
}

/**
 * A person has few requests: whatever else is asked of them is looked at one by one. SQLite knows nothing of how many rows
 * a value has and might walk all that are active instead; an expression keeps it from that index.
 */
const looked = <T>(column: string) => sql<T>`coalesce(${sql.ref(column)}, null)`;
const indexed = <T>(column: string) => sql.ref<T>(column);

function grantsOf(db: Database['db'], slack: string, active: boolean) {
  const all = db.selectFrom('grants').select('request').where('slack', '=', slack);
  return active ? all.where('state', 'in', ACCESS) : all;
}
