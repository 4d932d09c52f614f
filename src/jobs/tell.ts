import { z } from 'zod';
import { ChatError } from '../chat.js';
import { tell } from '../requests/jobs.js';
import { OPERATORS } from '../requests/lifecycle.js';
import { isSettled, type Request } from '../requests/request.js';
import type { Telling } from '../requests/step.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { askInPerson } from './ask-in-person.js';
import { later } from './later.js';
import { load } from './load.js';

const TELLINGS = [
  'approval',
  'outcome',
  'welcome',
  'announcement',
  'kept',
  'reminder',
  'ended',
  'trouble',
] as const satisfies readonly Telling[];

/** `aside`: when it was first due, of a message that was taken out of its lane; `key`: what it was called there. */
const Payload = z.object({
  what: z.enum(TELLINGS),
  to: z.string(),
  person: z.string().optional(),
  aside: z.string().optional(),
  key: z.string().optional(),
});
type Payload = z.infer<typeof Payload>;

interface Due {
  readonly request: Request;
  readonly payload: Payload;
  readonly to: string;
}

/** As often as the worker tries what fails for reasons nobody foresaw. */
const PATIENCE = 25;

/** Not about this one message: to take it out of its lane would only mix up the order. */
const AWAY = ['ratelimited', 'unreachable', 'no_answer'];

/** Posts a message or edits it. A message that Slack will never take is told to the operators and holds nothing up. */
export async function tellJob(services: Services, job: Job): Promise<void> {
  const request = await load(services, job);
  const payload = Payload.parse(job.payload);
  const to = payload.to === OPERATORS ? services.policy.current().notify.operators : payload.to;
  if (request === null || to === null || !isStillTrue(request, payload)) return;
  const due = { request, payload, to };
  try {
    await say(services, job, due);
  } catch (error) {
    await onFailure(services, job, { due, error });
  }
}

/** What is said once must be true when it goes out, and Slack or the desk may have been away for longer than the access lasted. */
function isStillTrue(request: Request, { what, to, person = to }: Payload): boolean {
  const active = request.change === 'grant' ? request.people.filter(isActive) : [];
  switch (what) {
    case 'announcement':
      return active.length > 0;
    case 'welcome':
      return active.some((it) => it.slack === person);
    case 'kept':
      return !isSettled(request.status) && request.trouble !== null;
    case 'approval':
    case 'outcome':
    case 'reminder':
    case 'ended':
    case 'trouble':
      return true;
  }
}

const isActive = (it: { readonly outcome: { readonly kind: string } }): boolean =>
  it.outcome.kind === 'active';

async function say({ chat, store }: Services, job: Job, due: Due): Promise<void> {
  const { payload, request, to } = due;
  const { aside, key = job.key } = payload;
  const posted = await store.posts.get(key);
  const told = await chat.tell({
    request,
    to,
    what: payload.what,
    person: payload.person ?? null,
    posted,
    key,
    mayBeThere: job.attempt > 1 || aside !== undefined,
    since: aside === undefined ? job.since : new Date(aside),
  });
  await store.posts.put(key, told);
}

async function onFailure(
  services: Services,
  job: Job,
  failed: { readonly due: Due; readonly error: unknown },
): Promise<void> {
  const { due, error } = failed;
  if (!(error instanceof ChatError)) {
    // The worker sets it aside after this, and nobody would know.
    if (job.retries === PATIENCE) await onRefused(services, due, 'cannot_be_drawn');
    throw error;
  }
  if (error.kind === 'never') {
    await onRefused(services, due, error.code);
    if (due.payload.what === 'approval' && !/^[UW]/.test(due.to))
      await askInPerson(services, due.request);
    return;
  }
  const isStuck = job.retries >= PATIENCE && !AWAY.includes(error.code);
  if (!isStuck || due.payload.aside !== undefined) throw later(services, job, error);
  await setAside(services, job);
  await onRefused(services, due, `${error.code}:again`);
}

/** One message that Slack always chokes on must not keep from a channel all that comes after it. */
async function setAside({ store, now }: Services, job: Job): Promise<void> {
  const key = `${job.key}:aside`;
  const payload = { ...job.payload, key: job.key, aside: job.since.toISOString() };
  await store.jobs.add([{ ...job, key, lane: key, payload, runAt: now() }]);
}

/** The channel is archived, left or closed to us, or chokes on this message: on record, and the operators are told. */
async function onRefused(services: Services, due: Due, code: string): Promise<void> {
  const { request, payload } = due;
  const { what, to } = payload;
  const [said] = code.split(':');
  services.log.error({ request: request.id, what, to, code: said }, 'message refused by Slack');
  await services.store.audit.append({
    at: services.now(),
    who: 'bot',
    what: 'message failed',
    request: request.id,
    service: request.service,
    people: [],
    detail: { message: what, to, code: said },
  });
  if (to === OPERATORS) return;
  const told = { what: 'trouble', to: OPERATORS, person: `${what}:${to}:${code}` } as const;
  await services.store.jobs.add([tell(request, told, services.now())]);
}
