import { z } from 'zod';

const Words = z.array(z.string());
const Receipt = z.object({ membership: z.boolean(), privileges: Words });
const OldOutcome = z.discriminatedUnion('is', [
  z.looseObject({ is: z.literal('waiting') }),
  z.looseObject({ is: z.literal('active'), receipt: Receipt, has: Words, at: z.string() }),
  z.looseObject({ is: z.literal('failed'), why: z.string(), next: z.string() }),
  z.looseObject({ is: z.literal('unclear'), saw: z.string(), receipt: Receipt }),
  z.looseObject({ is: z.literal('ending'), receipt: Receipt }),
  z.looseObject({ is: z.literal('ended'), at: z.string(), left: z.string() }),
]);
type OldOutcome = z.infer<typeof OldOutcome>;

const OldPerson = z.looseObject({
  slack: z.string(),
  identity: z.looseObject({ onezone: z.string() }).nullable(),
  before: Words.nullable().optional(),
  outcome: OldOutcome,
});
type OldPerson = z.infer<typeof OldPerson>;

const common = {
  id: z.string(),
  delivery: z.string(),
  status: z.string(),
  surfaces: z.array(z.object({ what: z.string(), to: z.string() })),
  toldOfOutage: z.boolean(),
  askedAt: z.string(),
  startedAt: z.string().nullable(),
};

/** Documents as version 0.1.0 wrote them. */
export const OldRequest = z.discriminatedUnion('change', [
  z.looseObject({
    ...common,
    change: z.literal('grant'),
    ask: z.looseObject({ reason: z.string(), level: z.enum(['use', 'maintain', 'own']) }),
    service: z.object({ id: z.string(), name: z.string() }),
    people: z.array(OldPerson),
    end: z.string().nullable(),
  }),
  z.looseObject({
    ...common,
    change: z.literal('register'),
    ask: z.looseObject({ reason: z.string(), name: z.string() }),
    service: z.object({ id: z.string(), name: z.string() }).nullable(),
    servicesBefore: Words.nullable(),
    attempts: z.number(),
  }),
]);
export type OldRequest = z.infer<typeof OldRequest>;
type OldGrant = Extract<OldRequest, { change: 'grant' }>;

export function upcastRequest(request: OldRequest) {
  const { delivery, surfaces, toldOfOutage, ask, ...rest } = request;
  const { reason, ...own } = ask;
  const shared = {
    schema: 2,
    idempotencyKey: delivery,
    action: request.change,
    reason,
    ask: own,
    postponed: toldOfOutage,
    surfaces: surfaces.map(({ what: message, to }) => ({ message, to })),
  };
  if (rest.change === 'register') {
    const { servicesBefore, attempts, ...kept } = rest;
    const service = rest.service ?? {
      id: null,
      name: request.change === 'register' ? request.ask.name : '',
    };
    const body = { servicesBefore, attempts };
    return { ...kept, ...shared, lane: 'register', service, body, subjects: [] };
  }
  const { people, end, ...kept } = rest;
  const subjects = people.map((person) => ({
    ...person,
    outcome: upcastOutcome(person.outcome, end),
  }));
  return { ...kept, ...shared, lane: null, body: { end }, subjects };
}

function upcastOutcome(outcome: OldOutcome, end: string | null) {
  switch (outcome.is) {
    case 'waiting':
    case 'ending':
      return { kind: outcome.is };
    case 'active': {
      const { at, has, receipt } = outcome;
      return { kind: 'done', at, has, added: receipt.privileges };
    }
    case 'failed':
      return { kind: 'failed', why: outcome.why, next: outcome.next };
    case 'unclear':
      return { kind: 'unclear', saw: outcome.saw };
    case 'ended':
      return { kind: 'ended', at: outcome.at, due: end, left: outcome.left };
  }
}

const MEMBER = 'member';

interface Part {
  readonly grant: OldGrant;
  readonly person: OldPerson;
}

/** One access for each Onezone user and service that a grant still gives something, or is about to. */
export function accessesIn(requests: readonly OldRequest[]) {
  const parts = requests
    .filter((request) => request.change === 'grant')
    .flatMap((grant) => grant.people.map((person): Part => ({ grant, person })))
    .filter(isLive);
  const byAccess = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${part.grant.service.id} ${part.person.identity?.onezone ?? ''}`;
    byAccess.set(key, [...(byAccess.get(key) ?? []), part]);
  }
  return [...byAccess.values()].flatMap((own) => {
    const [first] = own;
    return first?.person.identity == null
      ? []
      : [toAccess(own, first.grant.service, first.person.identity.onezone)];
  });
}

function isLive({ grant, person }: Part): boolean {
  if (person.identity === null) return false;
  const { is } = person.outcome;
  return is === 'waiting' ? grant.status === 'carrying out' : !['failed', 'ended'].includes(is);
}

function toAccess(parts: readonly Part[], service: OldGrant['service'], onezone: string) {
  const sorted = [...parts].sort((one, other) => since(one).localeCompare(since(other)));
  const ours = new Set(sorted.flatMap(receiptOf));
  const before = sorted.flatMap(({ person }) => toWords(person.before ?? null));
  const baseline = new Set(before.filter((word) => !ours.has(word)));
  const seen = new Set([...baseline, ...sorted.flatMap((part) => seenOf(part) ?? [])]);
  const isUnknown = sorted.some((part) => seenOf(part) === null);
  const wanted = new Set([...seen, ...sorted.flatMap(levelOf), ...ours]);
  return {
    schema: 2,
    service,
    onezone,
    version: 1,
    baseline: toPrivileges(baseline),
    joined: [],
    claims: oneOfEachGrant(sorted).map(toClaim),
    applied: { privileges: toPrivileges(seen), at: since(sorted[0]) },
    // Whether the call that was on its way has arrived, the next look tells.
    writing: isUnknown ? { to: toPrivileges(wanted) } : null,
  };
}

/** Two Slack accounts may be one Onezone user, who has one claim by one grant. */
const oneOfEachGrant = (parts: readonly Part[]): readonly Part[] =>
  [...new Map(parts.toReversed().map((part) => [part.grant.id, part])).values()].reverse();

function toClaim(part: Part) {
  const { grant, person } = part;
  const { outcome } = person;
  return {
    request: grant.id,
    slack: person.slack,
    level: grant.ask.level,
    since: since(part),
    until: grant.end,
    lost: outcome.is === 'unclear' ? lostOf(part) : [],
    dropped: isGivenUp(part) ? { by: grant.id, at: since(part) } : null,
    touches: [],
    warned: 0,
    state: stateOf(part),
  };
}

/** Told that nobody knows: whatever arrived is taken back at the first look, and nothing is given. */
const isGivenUp = (part: Part): boolean =>
  part.grant.status !== 'carrying out' &&
  part.person.outcome.is === 'unclear' &&
  seenOf(part) === null;

function stateOf(part: Part) {
  const { outcome } = part.person;
  switch (outcome.is) {
    case 'active':
      return { kind: 'given', at: outcome.at, added: outcome.receipt.privileges };
    case 'ending':
      return { kind: 'given', at: since(part), added: outcome.receipt.privileges };
    case 'unclear':
      return seenOf(part) === null ? { kind: 'wanted' } : { kind: 'unclear', saw: outcome.saw };
    case 'waiting':
    case 'failed':
    case 'ended':
      return { kind: 'wanted' };
  }
}

/** What Onezone showed of it last, as words; null: nobody knows. */
function seenOf({ person }: Part): readonly string[] | null {
  const { outcome, before = null } = person;
  switch (outcome.is) {
    case 'active':
      return toWords(outcome.has);
    case 'ending':
      return [...toWords(before), ...receiptWords(outcome.receipt)];
    case 'unclear':
      if (outcome.saw === 'no answer') return null;
      return outcome.saw === 'not a member'
        ? []
        : toWords(outcome.saw.split(', ').filter(isPrivilege));
    case 'waiting':
    case 'failed':
    case 'ended':
      return null;
  }
}

const lostOf = (part: Part): readonly string[] => {
  const seen = seenOf(part);
  return seen === null ? [] : receiptOf(part).filter((word) => !seen.includes(word));
};

function receiptOf({ person }: Part): readonly string[] {
  const { outcome } = person;
  switch (outcome.is) {
    case 'active':
    case 'unclear':
    case 'ending':
      return receiptWords(outcome.receipt);
    case 'waiting':
    case 'failed':
    case 'ended':
      return [];
  }
}

const receiptWords = ({ membership, privileges }: z.infer<typeof Receipt>): readonly string[] =>
  membership ? [MEMBER, ...privileges] : privileges;

const use = ['handle_service_register_handle', 'handle_service_view'];
const maintain = [...use, 'handle_service_list_handles', 'handle_service_manage_handles'];
const LEVELS = {
  use,
  maintain,
  own: [...maintain, 'handle_service_delete', 'handle_service_update'],
};

const levelOf = ({ grant }: Part): readonly string[] => [MEMBER, ...LEVELS[grant.ask.level]];

const isPrivilege = (word: string): boolean => word.startsWith('handle_service_');

const since = (part: Part | undefined): string =>
  part === undefined ? '' : (part.grant.startedAt ?? part.grant.askedAt);

const toWords = (privileges: readonly string[] | null): readonly string[] =>
  privileges === null ? [] : [MEMBER, ...privileges];

const toPrivileges = (words: ReadonlySet<string>): string[] | null =>
  words.size === 0 ? null : [...words].filter((word) => word !== MEMBER).sort();
