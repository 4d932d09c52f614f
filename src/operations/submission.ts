import { z } from 'zod';
import type { NewJob } from '../requests/step.js';
import { OnezoneId, type Request, RequestId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import type { DirectoryUser } from '../store/store.js';
import { ask } from './ask.js';
import { mustBeMember } from './authorize.js';
import { decideOn } from './decide-on.js';
import { disown } from './disown.js';
import { recordRefusal } from './record-refusal.js';
import { withdraw } from './withdraw.js';

const Chosen = z.object({ value: z.string(), text: z.string() });
const FormValue = z.union([z.string(), z.boolean(), z.array(z.string()), Chosen]);

/** Where the person waits: in a view, below a message or command, or only for a direct message. */
const origin = {
  by: SlackUser,
  view: z.string().nullable(),
  channel: z.string().nullable(),
};

/** What somebody sent or pressed that changes something. Holds no secret: forms ask for none. */
export const Submission = z.discriminatedUnion('kind', [
  z.object({
    ...origin,
    kind: z.literal('ask'),
    change: z.string(),
    values: z.record(z.string(), FormValue),
    reason: z.string(),
    /** Matches by e-mail that whoever sends the form confirms: they are linked first, if this person may link. */
    confirm: z.array(z.object({ slack: SlackUser, onezone: OnezoneId })),
  }),
  z.object({
    ...origin,
    kind: z.literal('decide'),
    id: RequestId,
    effect: z.string().nullable(),
    verdict: z.enum(['approve', 'deny']),
    comment: z.string(),
  }),
  z.object({ ...origin, kind: z.literal('withdraw'), id: RequestId }),
  /** Whom an identity token proved them to be. The token itself is looked at before anything is stored. */
  z.object({ ...origin, kind: z.literal('prove'), onezone: OnezoneId }),
  z.object({ ...origin, kind: z.literal('disown'), slack: SlackUser, onezone: OnezoneId }),
]);
export type Submission = z.infer<typeof Submission>;

/** What came of it. */
export type SubmissionResult =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'proved'; readonly user: DirectoryUser | null }
  | { readonly kind: 'disowned'; readonly was: boolean; readonly user: DirectoryUser | null };

/** `idempotencyKey`: the same for each delivery of the same click. Two that wait are one. */
export function submissionJob(
  submission: Submission,
  { idempotencyKey, now }: { readonly idempotencyKey: string; readonly now: Date },
): NewJob {
  const key = `submission:${idempotencyKey}`;
  const payload = { submission: JSON.stringify(submission) };
  return { name: 'submission', key, lane: null, request: null, payload, runAt: now };
}

export const readSubmission = (payload: Readonly<Record<string, string>>): Submission =>
  Submission.parse(JSON.parse(payload['submission'] ?? ''));

export interface SubmissionRun {
  readonly key: string;
  /** An earlier run was cut off: what it did must not be refused as a repetition. */
  readonly isRepeated: boolean;
}

export async function performSubmission(
  services: Services,
  submission: Submission,
  { key, isRepeated }: SubmissionRun,
): Promise<SubmissionResult> {
  const { by } = submission;
  switch (submission.kind) {
    case 'ask': {
      const { change: name, values, reason, confirm } = submission;
      const typed = services.changes.named(name)?.form.toAsk(values);
      const asking = { change: name, values: typed, reason, confirm, by, idempotencyKey: key };
      return { kind: 'request', request: await ask(services, asking) };
    }
    case 'decide': {
      const done = isRepeated ? await decidedBefore(services, submission) : null;
      return { kind: 'request', request: done ?? (await decideOn(services, submission)) };
    }
    case 'withdraw': {
      const done = isRepeated ? await withdrawnBefore(services, submission) : null;
      return { kind: 'request', request: done ?? (await withdraw(services, submission.id, by)) };
    }
    case 'prove': {
      const { onezone } = submission;
      await mustBeMember(services, by, 'link me', { fresh: true });
      await recordRefusal(services, { who: by, what: 'link me' }, () =>
        services.people.link({ slack: by, onezone, by, how: 'by proof' }),
      );
      return { kind: 'proved', user: await services.store.directory.get(onezone) };
    }
    case 'disown': {
      const { slack, onezone } = submission;
      const was = await disown(services, { by, slack, onezone });
      const user = await services.store.directory.get(onezone);
      // Cut off before it was said: it is the first run that took the link away.
      return {
        kind: 'disowned',
        was: was || (isRepeated && (await isOver(services, submission))),
        user,
      };
    }
  }
}

/** The link was there, and they took it away themselves. */
async function isOver(
  { store }: Services,
  { slack, onezone }: Extract<Submission, { kind: 'disown' }>,
): Promise<boolean> {
  const last = (await store.links.history(slack)).findLast((link) => link.onezone === onezone);
  return last?.endedBy === slack;
}

async function decidedBefore(
  { store }: Services,
  { id, by, verdict, effect }: Extract<Submission, { kind: 'decide' }>,
): Promise<Request | null> {
  const request = await store.requests.load(id);
  const isIt = request?.decisions.some(
    (decision) => decision.by === by && decision.verdict === verdict && decision.effect === effect,
  );
  return isIt === true ? request : null;
}

async function withdrawnBefore(
  { store }: Services,
  { id, by }: Extract<Submission, { kind: 'withdraw' }>,
): Promise<Request | null> {
  const request = await store.requests.load(id);
  return request?.status === 'withdrawn' && request.requester === by ? request : null;
}
