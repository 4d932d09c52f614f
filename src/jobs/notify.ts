import { z } from 'zod';
import { ChatError } from '../chat.js';
import { notify } from '../requests/jobs.js';
import { isSettled, type Request, subjectsWith } from '../requests/request.js';
import { MESSAGES, type TroubleKind } from '../requests/step.js';
import { OPERATORS } from '../requests/to-step.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { askInPerson } from './approvers.js';
import { loadRequest } from './perform.js';
import { MAX_TRIES, retryChat } from './retry.js';

const TROUBLES = [
  'request',
  'too few may agree',
  'undelivered',
] as const satisfies readonly TroubleKind[];

const Undelivered = z.object({
  message: z.string(),
  to: z.string(),
  code: z.string(),
  tryingOn: z.boolean(),
});

/** `aside`: when it was first due, of a message that was taken out of its lane; `key`: what it was called there. */
const Payload = z.object({
  message: z.enum(MESSAGES),
  to: z.string(),
  person: z.string().optional(),
  trouble: z.enum(TROUBLES).optional(),
  undelivered: z
    .string()
    .transform((text) => Undelivered.parse(JSON.parse(text)))
    .optional(),
  aside: z.string().optional(),
  key: z.string().optional(),
});
type Payload = z.infer<typeof Payload>;

interface Due {
  readonly request: Request;
  readonly payload: Payload;
  readonly to: string;
}

/** Not about this one message: to take it out of its lane would only mix up the order. */
const SLACK_AWAY = ['ratelimited', 'unreachable', 'no_answer'];

/** Posts a message or edits it. A message that Slack will never take is told to the operators and holds nothing up. */
export async function notifyJob(services: Services, job: Job): Promise<void> {
  const request = await loadRequest(services, job);
  const payload = Payload.parse(job.payload);
  const to = payload.to === OPERATORS ? services.policy.current().notify.operators : payload.to;
  if (request === null || to === null || !isStillTrue(request, payload)) return;
  const due = { request, payload, to };
  try {
    await post(services, job, due);
  } catch (error) {
    await onFailure(services, job, { due, error });
  }
}

/** What is said once must be true when it goes out, and Slack or the desk may have been away for longer than the access lasted. */
function isStillTrue(request: Request, { message, to, person = to }: Payload): boolean {
  const done = subjectsWith(request, 'done', 'unclear');
  switch (message) {
    case 'announcement':
      return subjectsWith(request, 'done').length > 0;
    case 'welcome':
    case 'warning':
      return done.some((subject) => subject.slack === person);
    case 'kept':
      return !isSettled(request.status) && request.trouble !== null;
    case 'linked':
    case 'approval':
    case 'outcome':
    case 'reminder':
    case 'ended':
    case 'trouble':
      return true;
  }
}

async function post({ chat, store }: Services, job: Job, due: Due): Promise<void> {
  const { payload, request, to } = due;
  const { message, person = null, trouble, undelivered, aside, key = job.key } = payload;
  const posted = await store.posts.get(key);
  const now = await chat.notify({
    request,
    to,
    message,
    person,
    trouble: trouble ?? 'request',
    undelivered: undelivered ?? null,
    posted,
    key,
    mayBeThere: job.attempt > 1 || aside !== undefined,
    since: aside === undefined ? job.since : new Date(aside),
  });
  if (now !== null) await store.posts.put(key, now);
}

async function onFailure(
  services: Services,
  job: Job,
  { due, error }: { readonly due: Due; readonly error: unknown },
): Promise<void> {
  if (!(error instanceof ChatError)) {
    // The worker sets it aside after this, and nobody would know.
    if (job.retries === MAX_TRIES)
      await onRefused(services, due, { code: 'cannot_be_drawn', tryingOn: false });
    throw error;
  }
  const { kind, code } = error;
  // Not about this message: everything waits until the token works again.
  if (kind === 'credentials') throw retryChat(services, job, error);
  if (kind === 'never') {
    await onRefused(services, due, { code, tryingOn: false });
    if (due.payload.message === 'approval' && !/^[UW]/.test(due.to)) {
      await askInPerson(services, due.request);
    }
    return;
  }
  const isStuck = job.retries >= MAX_TRIES && !SLACK_AWAY.includes(code);
  if (!isStuck || due.payload.aside !== undefined) throw retryChat(services, job, error);
  await setAside(services, job);
  await onRefused(services, due, { code, tryingOn: true });
}

/** One message that Slack always chokes on must not keep from a channel all that comes after it. */
async function setAside({ store, now }: Services, job: Job): Promise<void> {
  const key = `${job.key}:aside`;
  const payload = { ...job.payload, key: job.key, aside: job.since.toISOString() };
  await store.jobs.add([{ ...job, key, lane: key, payload, runAt: now() }]);
}

/** The channel is archived, left or closed to us, or chokes on this message: on record, and the operators are told. */
async function onRefused(
  services: Services,
  { request, payload }: Due,
  { code, tryingOn }: { readonly code: string; readonly tryingOn: boolean },
): Promise<void> {
  const { message, to } = payload;
  services.log.error({ request: request.id, message, to, code }, 'message refused by Slack');
  await services.store.audit.append({
    at: services.now(),
    who: 'bot',
    what: 'message failed',
    request: request.id,
    service: request.service,
    people: [],
    detail: { message, to, code },
  });
  if (to === OPERATORS) return;
  const notification = {
    message: 'trouble',
    to: OPERATORS,
    occasion: [message, to, code, ...(tryingOn ? ['trying on'] : [])].join(':'),
    trouble: 'undelivered',
    undelivered: { message, to, code, tryingOn },
  } as const;
  await services.store.jobs.add([notify(request, notification, services.now())]);
}
