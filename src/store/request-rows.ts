import type { Insertable } from 'kysely';
import type { Beneficiary, Request } from '../requests/request.js';
import type { Tables } from './tables.js';

export function requestRow(request: Request): Insertable<Tables['requests']> {
  return {
    id: request.id,
    version: request.version,
    change: request.change,
    status: request.status,
    requester: request.requester,
    service_id: request.service?.id ?? null,
    asked_at: request.askedAt.toISOString(),
    active: request.change === 'grant' && request.people.some(hasAccess) ? 1 : 0,
    doc: JSON.stringify(request),
  };
}

/** What is stored of each beneficiary a second time, to be found by. */
export function grantRows(request: Request): Insertable<Tables['grants']>[] {
  if (request.change !== 'grant') return [];
  return request.people.map(({ slack, identity, outcome }, position) => ({
    request: request.id,
    position,
    slack,
    onezone: identity?.onezone ?? null,
    service_id: request.service.id,
    level: request.ask.level,
    state: outcome.kind,
    end_at: request.end?.toISOString() ?? null,
  }));
}

/** States of a beneficiary in which the zone still lets them in. */
export const ACCESS = ['active', 'ending'] as const;

const hasAccess = ({ outcome }: Beneficiary): boolean => ACCESS.some((it) => it === outcome.kind);
