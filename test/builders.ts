import {
  type Beneficiary,
  type GrantRequest,
  type RegisterRequest,
  type Request,
} from '../src/requests/request.js';
import { type Entry, type NewJob, type Step } from '../src/requests/step.js';

/** Tests happen on this morning unless they say otherwise. */
export const NOW = new Date('2026-03-02T09:00:00.000Z');

/** So many minutes after `NOW`. */
export const after = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

const common = {
  id: 'R-0000000A',
  version: 1,
  delivery: 'trigger-1',
  status: 'pending' as const,
  requester: 'U0REQUESTER',
  askedAt: NOW,
  approval: { count: 1, by: ['curator'], rule: 'actions.grant' },
  decisions: [],
  effect: null,
  lapsesAt: after(7 * 24 * 60),
  surfaces: [],
  toldOfOutage: false,
  startedAt: null,
  trouble: null,
};

/** Lena, who is not a member yet. */
export function aBeneficiary(said: Partial<Beneficiary> = {}): Beneficiary {
  return {
    slack: 'U0LENA',
    identity: { onezone: 'onezone-lena', name: 'Lena Krüger', username: 'lena.k', by: 'linked' },
    before: null,
    outcome: { kind: 'waiting' },
    ...said,
  };
}

/** Someone asks that Lena may use DataCite for ninety days; it waits for a curator. */
export function aGrant(said: Partial<GrantRequest> = {}): GrantRequest {
  return {
    ...common,
    change: 'grant',
    ask: {
      service: 'service-datacite',
      people: ['U0LENA'],
      level: 'use',
      until: { for: '90d' },
      reason: 'Lena publishes the survey.',
    },
    service: { id: 'service-datacite', name: 'DataCite' },
    people: [aBeneficiary()],
    end: null,
    ...said,
  };
}

/** Someone asks to register a DOI service; it waits for an administrator. */
export function aRegistration(said: Partial<RegisterRequest> = {}): RegisterRequest {
  return {
    ...common,
    id: 'R-0000000B',
    delivery: 'trigger-2',
    approval: { count: 1, by: ['admin'], rule: 'actions.register' },
    change: 'register',
    ask: {
      name: 'DataCite',
      registrar: 'DOI',
      proxyEndpoint: 'https://proxy.example.org/handle_proxy',
      account: 'datacite-test',
      properties: { prefix: '10.5072', allowTemplateOverride: false },
      reason: 'For the survey.',
    },
    service: null,
    servicesBefore: null,
    attempts: 0,
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
