import type { Situation } from '../../src/requests/decide.js';
import type { Actor } from '../../src/requests/person.js';
import type { Policy } from '../../src/requests/policy.js';
import type { Decision, Request } from '../../src/requests/request.js';
import { NOW } from '../builders.js';

export const EPIC = { id: 'service-epic', name: 'ePIC prod' };

const HOUR = 3_600_000;

/** Ines is a curator, Ada, Bea and Cleo are administrators; ePIC needs two of these. */
export function aPolicy(said: Partial<Policy> = {}): Policy {
  const byTwo = { may: ['everyone'], approve: { by: ['admin'], count: 2, unless: [] } };
  return {
    roles: {
      admin: { users: ['U0ADA', 'U0BEA', 'U0CLEO'], usergroups: [] },
      curator: { users: ['U0INES'], usergroups: ['S0CURATORS'] },
      boss: { users: ['U0BOSS'], usergroups: [] },
    },
    actions: {
      register: {
        may: ['admin', 'curator'],
        approve: { by: ['admin'], count: 1, unless: ['admin'] },
      },
      grant: {
        may: ['everyone'],
        approve: { by: ['curator', 'admin'], count: 1, unless: ['curator', 'admin'] },
      },
      revoke: { may: ['curator', 'admin'], approve: null },
    },
    services: [
      { match: 'ePIC*', actions: {}, notify: null },
      { match: 'ePIC*', actions: { grant: byTwo }, notify: null },
      { match: 'by-id', actions: { grant: byTwo }, notify: null },
      { match: '*', actions: { update: byTwo }, notify: null },
    ],
    grants: { durations: ['90d'], max: 365 * 24 * HOUR, levels: ['use', 'maintain'] },
    requests: { lapseAfter: 168 * HOUR, remindAfter: 24 * HOUR, escalate: null },
    accounts: {},
    notify: { grants: 'C0TEAM', approvals: 'C0DESK', operators: 'C0OPS' },
    identity: { email: 'propose' },
    ...said,
  };
}

export function someone(id: string, said: Partial<Actor> = {}): Actor {
  return { id, standing: 'member', usergroups: [], onezone: [], linkedBy: [], ...said };
}

export function about(request: Request, said: Partial<Situation> = {}): Situation {
  const subjects = request.subjects.map(({ slack }) => someone(slack));
  return { request, requester: someone(request.requester), approvers: [], subjects, ...said };
}

/** Approvals by these people; with the Onezone user that each had at that moment. */
export function approvedBy(...people: readonly (string | readonly [string, string])[]): {
  decisions: Decision[];
} {
  const decisions = people.map((person) => {
    const [by, onezone] = typeof person === 'string' ? [person, null] : person;
    return { by, onezone, verdict: 'approve' as const, effect: null, comment: '', at: NOW };
  });
  return { decisions };
}
