import type { Change } from '../changes/change.js';
import { whySecond } from '../changes/link/second.js';
import { plainText } from '../markup/plain.js';
import { commit } from '../commit.js';
import { refusals } from '../errors.js';
import { submit } from '../requests/by-people.js';
import { decide, ruleFor, type Verdict } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Action, Policy } from '../requests/policy.js';
import { requestIdOf } from '../requests/request-id.js';
import {
  type OnezoneId,
  type Request,
  serviceOf,
  type ServiceRef,
  type SlackUser,
  type Subject,
} from '../requests/request.js';
import type { Services } from '../services.js';
import { IdTaken } from '../store/id-taken.js';
import type { Writes } from '../store/store.js';
import { atThisMoment, type Moment } from './at-this-moment.js';
import { mayPerhaps, verdictOn } from './authorize.js';
import { recordRefusal } from './record-refusal.js';

/** Someone asks for a change. With the same `idempotencyKey` it is the same request. */
export interface Asking {
  readonly change: string;
  readonly values: unknown;
  readonly reason: string;
  /** Matches by e-mail that whoever asks confirms: linked together with the request, if this person may link. */
  readonly confirm?: readonly { readonly slack: SlackUser; readonly onezone: OnezoneId }[];
  readonly by: SlackUser;
  readonly idempotencyKey: string;
}

export async function ask(services: Services, asking: Asking): Promise<Request> {
  const first = await askedBefore(services, asking.idempotencyKey);
  if (first !== null) return first;
  return recordRefusal(services, { who: asking.by, what: `ask ${asking.change}` }, async () => {
    const change = services.changes.named(asking.change);
    if (change === null) throw new TypeError(`There is no change “${asking.change}”.`);
    const perhaps = await mayPerhaps(services, asking.by, change.action);
    const { second = null, ...proposal } = await change.propose(services, asking.values, perhaps);
    const links = await linksOf(services, asking, proposal.subjects);
    return atThisMoment(services, async (moment) => {
      const actor = await services.people.actor(asking.by, { fresh: true });
      const asked: Asked = { asking, proposal, actor, needsSecond: second !== null };
      const drafting = { policy: moment.policy, now: services.now() };
      const { request, rule, confirmed } = draft(change, asked, drafting);
      const wish = plainText(change.words.wish(request));
      const record = { rule, asked: { wish, ...change.asked(request) } };
      // The policy lets this person link only since a moment: nobody has looked at the links yet.
      if (confirmed.length > 0 && links === null) throw refusals.policyMoved();
      const writes = confirmed.length > 0 ? (links ?? {}) : {};
      return enter(services, request, { moment, record, writes });
    });
  });
}

const MAX_SALTS = 3;

/** What an earlier run has stored is not looked at anew: it may be carried out by now, and then nothing would be left to ask for. */
async function askedBefore(
  { store }: Pick<Services, 'store'>,
  key: string,
  salt = 0,
): Promise<Request | null> {
  const request = await store.requests.load(requestIdOf(key, salt));
  if (request === null || request.idempotencyKey === key) return request;
  return salt === MAX_SALTS ? null : askedBefore({ store }, key, salt + 1);
}

/** Two keys whose ids come out the same are as good as never, but then the second takes another. */
async function enter(
  services: Services,
  request: Request,
  { moment, record, writes }: Entering,
  salt = 0,
): Promise<Request> {
  const id = requestIdOf(request.idempotencyKey, salt);
  const { policy, guard } = moment;
  try {
    const step = submit({ ...request, id }, policy, record);
    const entries = writes.entries?.map((entry) => ({ ...entry, request: id })) ?? [];
    return await commit(services, step, { ...writes, entries, guard });
  } catch (error) {
    if (!(error instanceof IdTaken) || salt === MAX_SALTS) throw error;
    return enter(services, request, { moment, record, writes }, salt + 1);
  }
}

interface Entering {
  readonly moment: Moment;
  readonly record: Parameters<typeof submit>[2];
  readonly writes: Writes;
}

interface Asked {
  readonly asking: Asking;
  readonly proposal: Omit<Awaited<ReturnType<Change['propose']>>, 'second'>;
  readonly actor: Actor;
  /** Somebody else has to look at it, whatever the policy says. */
  readonly needsSecond: boolean;
}

interface Drafting {
  readonly policy: Policy;
  readonly now: Date;
}

/** The request as it is stored first, and the rule that let it in. Throws the refusal. */
function draft(
  change: Change,
  { asking, proposal, actor, needsSecond }: Asked,
  { policy, now }: Drafting,
): { readonly request: Request; readonly rule: string; readonly confirmed: readonly Subject[] } {
  const { by: requester, reason, idempotencyKey } = asking;
  const service = serviceOf(proposal);
  const { action, lane } = change;
  const asked = decide(policy, actor, { do: 'ask', action, service }, now);
  const verdict = needsSecond ? bySecond(policy, asked, { action, service }) : asked;
  const { rule, ...entry } = entryOf(verdict, action ?? change.name);
  const proposed = proposal.subjects.filter((subject) => subject.identity?.by === 'proposed');
  const confirmed = confirmedOf(policy, { asking, actor, now }, proposed);
  const unconfirmed = proposed.find((subject) => !confirmed.includes(subject));
  if (entry.approval === null && unconfirmed !== undefined) {
    throw refusals.onlyProposed(`<@${unconfirmed.slack}>`);
  }
  const { lapseAfter } = policy.requests;
  const request: Request = {
    ...proposal,
    ...entry,
    id: requestIdOf(idempotencyKey),
    version: 1,
    idempotencyKey,
    change: change.name,
    action,
    lane,
    requester,
    askedAt: now,
    reason: reason.trim(),
    subjects: proposal.subjects.map((subject) =>
      confirmed.includes(subject) ? asLinked(subject) : subject,
    ),
    decisions: [],
    effect: null,
    lapsesAt: new Date(now.getTime() + lapseAfter),
    surfaces: [],
    postponed: false,
    startedAt: null,
    trouble: null,
  };
  return { request, rule, confirmed };
}

/** Of the matches by e-mail those that whoever asks has confirmed, if they may link people without asking anybody. */
function confirmedOf(
  policy: Policy,
  { asking, actor, now }: Pick<Asked, 'asking' | 'actor'> & Pick<Drafting, 'now'>,
  proposed: readonly Subject[],
): readonly Subject[] {
  const { confirm = [] } = asking;
  if (confirm.length === 0) return [];
  const verdict = decide(policy, actor, { do: 'ask', action: 'link', service: null }, now);
  if (verdict.kind === 'refused') throw verdict.refusal;
  return verdict.kind === 'needs' ? [] : proposed.filter((subject) => isIn(confirm, subject));
}

const isIn = (confirm: NonNullable<Asking['confirm']>, { slack, identity }: Subject): boolean =>
  confirm.some((pair) => pair.slack === slack && pair.onezone === identity?.onezone);

const asLinked = (subject: Subject): Subject =>
  subject.identity === null
    ? subject
    : { ...subject, identity: { ...subject.identity, by: 'linked' } };

/** Looked at before the last moment, because Onezone is asked: stored with the request, or neither is. Null: this person may not link alone. */
async function linksOf(
  services: Services,
  { by, confirm = [] }: Asking,
  subjects: readonly Subject[],
): Promise<Writes | null> {
  if (confirm.length === 0) return null;
  const actor = await mayPerhaps(services, by, 'link');
  if (verdictOn(services, actor, { action: 'link', service: null }).kind !== 'allowed') return null;
  const proposed = subjects.filter(({ identity }) => identity?.by === 'proposed');
  const prepared = await Promise.all(
    proposed
      .filter((subject) => isIn(confirm, subject))
      .map(async ({ slack, identity }) => {
        const pair = { slack, onezone: identity?.onezone ?? '' };
        const second = await whySecond(services, pair);
        if (second !== null) throw refusals.linkNeedsSecond(second);
        return services.people.prepareLink({ ...pair, by, how: 'by e-mail' });
      }),
  );
  const known = prepared.filter((link) => link !== null);
  return { links: known.map(({ link }) => link), entries: known.map(({ entry }) => entry) };
}

/** Somebody else looks at it though the policy would let one person do it alone: whoever the rule names, else those who may do it. */
function bySecond(
  policy: Policy,
  verdict: Verdict,
  { action, service }: { readonly action: Action | null; readonly service: ServiceRef | null },
): Verdict {
  if (verdict.kind !== 'allowed' || action === null) return verdict;
  const { rule, path } = ruleFor(policy, action, service);
  const { by = rule?.may ?? [], count = 1 } = rule?.approve ?? {};
  return { kind: 'needs', rule: rule?.approve ? `${path}.approve` : `${path}.may`, count, by };
}

function entryOf(
  verdict: Verdict,
  action: string,
): Pick<Request, 'status' | 'approval'> & { readonly rule: string } {
  switch (verdict.kind) {
    case 'refused':
      throw verdict.refusal;
    case 'allowed':
      return { status: 'approved', approval: null, rule: verdict.rule ?? 'one’s own' };
    case 'needs':
      if (verdict.by.length === 0) throw refusals.nobodyMay(`approve ${action}`, verdict.rule);
      return {
        status: 'pending',
        approval: { count: verdict.count, by: [...verdict.by], rule: verdict.rule },
        rule: verdict.rule,
      };
  }
}
