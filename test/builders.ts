import type { Access, Claim } from '../src/access/access.js';
import type { RegisterAsk } from '../src/changes/register/ask.js';
import type { GrantAsk } from '../src/changes/grant/ask.js';
import type { Request, ServiceRef, Subject } from '../src/requests/request.js';
import type { Entry, NewJob, Step } from '../src/requests/step.js';

/** Tests happen on this morning unless they say otherwise. */
export const NOW = new Date('2026-03-02T09:00:00.000Z');

/** So many minutes after `NOW`. */
export const after = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

/** So many days after `NOW`. */
export const days = (count: number): Date => after(count * 24 * 60);

export const DATACITE: ServiceRef = { id: 'service-datacite', name: 'DataCite' };

const common = {
  id: 'R-0000000A',
  version: 1,
  idempotencyKey: 'trigger-1',
  lane: null,
  status: 'pending' as const,
  requester: 'U0REQUESTER',
  askedAt: NOW,
  approval: { count: 1, by: ['curator'], rule: 'actions.grant' },
  decisions: [],
  effect: null,
  lapsesAt: days(7),
  surfaces: [],
  postponed: false,
  startedAt: null,
  trouble: null,
};

/** Lena, who is not a member yet. */
export function aSubject(said: Partial<Subject> = {}): Subject {
  return {
    slack: 'U0LENA',
    identity: { onezone: 'onezone-lena', name: 'Lena Krüger', username: 'lena.k', by: 'linked' },
    before: null,
    outcome: { kind: 'waiting' },
    ...said,
  };
}

/** Someone asks that Lena may use DataCite for ninety days; it waits for a curator. */
export function aGrant(said: Partial<Request> = {}): Request {
  return {
    ...common,
    change: 'grant',
    action: 'grant',
    reason: 'Lena publishes the survey.',
    service: DATACITE,
    subjects: [aSubject()],
    ask: aGrantAsk(),
    body: { end: null },
    ...said,
  };
}

export function aGrantAsk(said: Partial<GrantAsk> = {}): GrantAsk {
  return {
    service: DATACITE.id,
    people: ['U0LENA'],
    level: 'use',
    until: { for: '90d' },
    ...said,
  };
}

/** Someone asks to register a DOI service; it waits for an administrator. */
export function aRegistration(said: Partial<Request> = {}): Request {
  return {
    ...common,
    id: 'R-0000000B',
    idempotencyKey: 'trigger-2',
    change: 'register',
    action: 'register',
    lane: 'register',
    approval: { count: 1, by: ['admin'], rule: 'actions.register' },
    reason: 'For the survey.',
    service: { id: null, name: 'DataCite' },
    subjects: [],
    ask: aRegisterAsk(),
    body: { servicesBefore: null, attempts: 0 },
    ...said,
  };
}

export function aRegisterAsk(said: Partial<RegisterAsk> = {}): RegisterAsk {
  return {
    name: 'DataCite',
    registrar: 'DOI',
    proxyEndpoint: 'https://proxy.example.org/handle_proxy',
    account: 'datacite-test',
    properties: { prefix: '10.5072', allowTemplateOverride: false },
    ...said,
  };
}

/** What Lena has on DataCite: nothing, by nobody, and nobody has looked yet. */
export function anAccess(said: Partial<Access> = {}): Access {
  return {
    service: DATACITE,
    onezone: 'onezone-lena',
    version: 1,
    baseline: null,
    joined: [],
    claims: [],
    applied: null,
    writing: null,
    ...said,
  };
}

/** Lena is to use it for ninety days, by `aGrant`; nothing was read back yet. */
export function aClaim(said: Partial<Claim> = {}): Claim {
  return {
    request: 'R-0000000A',
    slack: 'U0LENA',
    level: 'use',
    since: NOW,
    until: days(90),
    lost: [],
    dropped: null,
    touches: [],
    warned: 0,
    state: { kind: 'wanted' },
    ...said,
  };
}

export function anEntry(said: Partial<Entry> = {}): Entry {
  return {
    at: NOW,
    who: 'U0REQUESTER',
    what: 'asked',
    request: null,
    service: null,
    people: [],
    detail: {},
    ...said,
  };
}

export function aJob(said: Partial<NewJob> = {}): NewJob {
  return {
    name: 'preview',
    key: 'preview:R-0000000A',
    lane: null,
    request: null,
    payload: {},
    runAt: NOW,
    ...said,
  };
}

/** A step to this very version of the request. */
export function aStep<R extends Request>(
  request: R,
  said: { readonly entry?: Partial<Entry>; readonly jobs?: readonly NewJob[] } = {},
): Step<R> {
  return {
    request,
    entry: anEntry({ request: request.id, ...said.entry }),
    jobs: said.jobs ?? [],
  };
}
