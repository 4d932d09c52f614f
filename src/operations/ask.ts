import type { Change } from '../changes/change.js';
import { plainText } from '../markup/plain.js';
import { commit } from '../commit.js';
import { refusals } from '../errors.js';
import { submit } from '../requests/by-people.js';
import { decide, type Verdict } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Policy } from '../requests/policy.js';
import { requestIdOf } from '../requests/request-id.js';
import { type Request, serviceOf, type SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { IdTaken } from '../store/id-taken.js';
import { atThisMoment, type Moment } from './at-this-moment.js';
import { mayPerhaps } from './authorize.js';
import { recordRefusal } from './record-refusal.js';

/** Someone asks for a change. With the same `idempotencyKey` it is the same request. */
export interface Asking {
  readonly change: string;
  readonly values: unknown;
  readonly reason: string;
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
    const proposal = await change.propose(services, asking.values, perhaps);
    return atThisMoment(services, async (moment) => {
      const actor = await services.people.actor(asking.by, { fresh: true });
      const drafting = { policy: moment.policy, now: services.now() };
      const { request, rule } = draft(change, { asking, proposal, actor }, drafting);
      const wish = plainText(change.words.wish(request));
      return enter(services, request, moment, { rule, asked: { wish, ...change.asked(request) } });
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
  moment: Moment,
  record: Parameters<typeof submit>[2],
  salt = 0,
): Promise<Request> {
  const id = requestIdOf(request.idempotencyKey, salt);
  const { policy, guard } = moment;
  try {
    return await commit(services, submit({ ...request, id }, policy, record), { guard });
  } catch (error) {
    if (!(error instanceof IdTaken) || salt === MAX_SALTS) throw error;
    return enter(services, request, moment, record, salt + 1);
  }
}

interface Asked {
  readonly asking: Asking;
  readonly proposal: Awaited<ReturnType<Change['propose']>>;
  readonly actor: Actor;
}

/** The request as it is stored first, and the rule that let it in. Throws the refusal. */
function draft(
  change: Change,
  { asking, proposal, actor }: Asked,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
): { readonly request: Request; readonly rule: string } {
  const { by: requester, reason, idempotencyKey } = asking;
  const service = serviceOf(proposal);
  const { action, lane } = change;
  const verdict = decide(policy, actor, { do: 'ask', action, service }, now);
  const { rule, ...entry } = entryOf(verdict, action ?? change.name);
  const unconfirmed = proposal.subjects.find((subject) => subject.identity?.by === 'proposed');
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
    subjects: [...proposal.subjects],
    decisions: [],
    effect: null,
    lapsesAt: new Date(now.getTime() + lapseAfter),
    surfaces: [],
    postponed: false,
    startedAt: null,
    trouble: null,
  };
  return { request, rule };
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
