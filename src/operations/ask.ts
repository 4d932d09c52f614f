import type { Change } from '../changes/change.js';
import { plainText } from '../markup/plain.js';
import { commit } from '../commit.js';
import { refusals } from '../errors.js';
import { submit } from '../requests/by-people.js';
import { decideSomewhere, type Verdict } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import { requestIdOf } from '../requests/request-id.js';
import { type Request, serviceOf, type SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { IdTaken } from '../store/id-taken.js';
import { verdictOn } from './authorize.js';
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
  const actor = await services.people.actor(asking.by);
  return recordRefusal(services, { who: asking.by, what: `ask ${asking.change}` }, async () => {
    const change = services.changes.named(asking.change);
    if (change === null) throw new TypeError(`There is no change “${asking.change}”.`);
    const now = services.now();
    const verdict = decideSomewhere(services.policy.current(), actor, change.action, now);
    if (verdict.kind === 'refused') throw verdict.refusal;
    const { request, rule } = await draft(services, change, { asking, actor });
    const wish = plainText(change.words.wish(request));
    return enter(services, request, { rule, asked: { wish, ...change.asked(request) } });
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
  record: Parameters<typeof submit>[2],
  salt = 0,
): Promise<Request> {
  const id = requestIdOf(request.idempotencyKey, salt);
  try {
    const step = submit({ ...request, id }, services.policy.current(), record);
    return await commit(services, step);
  } catch (error) {
    if (!(error instanceof IdTaken) || salt === MAX_SALTS) throw error;
    return enter(services, request, record, salt + 1);
  }
}

/** The request as it is stored first, and the rule that let it in. */
async function draft(
  services: Services,
  change: Change,
  { asking, actor }: { readonly asking: Asking; readonly actor: Actor },
): Promise<{ readonly request: Request; readonly rule: string }> {
  const now = services.now();
  const { by: requester, values, reason, idempotencyKey } = asking;
  const proposal = await change.propose(services, values, actor);
  const service = serviceOf(proposal);
  const { action, lane } = change;
  const verdict = verdictOn(services, actor, { action, service });
  const { rule, ...entry } = entryOf(verdict, action ?? change.name);
  const unconfirmed = proposal.subjects.find((subject) => subject.identity?.by === 'proposed');
  if (entry.approval === null && unconfirmed !== undefined) {
    throw refusals.onlyProposed(`<@${unconfirmed.slack}>`);
  }
  const { lapseAfter } = services.policy.current().requests;
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
