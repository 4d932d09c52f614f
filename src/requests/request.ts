import { z } from 'zod';
import { ACTIONS } from './policy.js';

/** Slack ids. Kept loose: Slack has lengthened them before. */
export const SlackUser = z.string().regex(/^[UW][A-Z0-9]{2,20}$/);
export type SlackUser = z.infer<typeof SlackUser>;

/** Ids of Onezone end up in URLs, where `..` would change the route; so nothing else is let in. */
export const OnezoneId = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
export type OnezoneId = z.infer<typeof OnezoneId>;

export const RequestId = z.string().regex(/^R-[0-9A-Z]{8}$/);
export type RequestId = z.infer<typeof RequestId>;

/**
 * How we know which Onezone user a Slack user is.
 * `linked`: stored link. `trusted`: e-mail, and the policy trusts e-mail. `proposed`: e-mail, to be confirmed by whoever approves.
 */
const Identity = z.object({
  onezone: OnezoneId,
  name: z.string(),
  username: z.string().nullable(),
  by: z.enum(['linked', 'trusted', 'proposed']),
});
export type Identity = z.infer<typeof Identity>;

const Privileges = z.array(z.string());

/** Why somebody still has access after their part of a grant is over, or that nothing of it is left. */
export const Left = z.enum([
  'nothing',
  'what was there before',
  'what others gave',
  'access through a group',
  'access by another request',
]);
export type Left = z.infer<typeof Left>;

/**
 * Where one person of a request stands. `done`: read back from Onezone; `has` is what they have now (null: no membership),
 * `left` why, after something was taken away. `failed`: under `supportId` the log has Onezone's own words.
 * `unclear`: Onezone was asked and did not confirm it; `why`, where it never answered.
 * `ended.due` is when it should have ended, which an outage can delay; `ended.by` is the request that ended it before its time.
 */
const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({
    kind: z.literal('done'),
    at: z.coerce.date(),
    has: Privileges.nullable(),
    added: Privileges.nullable().optional(),
    left: Left.optional(),
  }),
  z.object({
    kind: z.literal('failed'),
    why: z.string(),
    next: z.string(),
    supportId: z.string().optional(),
  }),
  z.object({
    kind: z.literal('unclear'),
    saw: z.string(),
    why: z.string().optional(),
    next: z.string().optional(),
  }),
  z.object({ kind: z.literal('ending') }),
  z.object({
    kind: z.literal('ended'),
    at: z.coerce.date(),
    due: z.coerce.date().nullable().optional(),
    by: RequestId.nullable().optional(),
    left: Left,
  }),
]);
export type Outcome = z.infer<typeof Outcome>;

/**
 * A person whom a request is about: who gains or loses by it, and so never decides on it.
 * `identity` is null while Onezone could not be asked who they are.
 * `before` holds the privileges read for the preview (null: not a member); absent: not read yet.
 */
export const Subject = z.object({
  slack: SlackUser,
  identity: Identity.nullable(),
  before: Privileges.nullable().optional(),
  outcome: Outcome,
});
export type Subject = z.infer<typeof Subject>;

const Decision = z.object({
  by: SlackUser,
  /** The approver's own Onezone user at that moment, if linked: two accounts of one person are one voice. */
  onezone: OnezoneId.nullable(),
  verdict: z.enum(['approve', 'deny']),
  /** Fingerprint of what was on the screen: agreement to something else does not count. */
  effect: z.string().nullable(),
  comment: z.string(),
  at: z.coerce.date(),
});
export type Decision = z.infer<typeof Decision>;

export const Status = z.enum([
  'pending',
  'approved',
  'carrying out',
  'done',
  'failed',
  'unclear',
  'denied',
  'withdrawn',
  'lapsed',
]);
export type Status = z.infer<typeof Status>;

export const ServiceRef = z.object({ id: OnezoneId, name: z.string() });
export type ServiceRef = z.infer<typeof ServiceRef>;

/** A message that shows this request and is edited as it moves. `to` is a channel or user id. */
const Surface = z.object({ message: z.enum(['approval', 'outcome', 'reminder']), to: z.string() });
export type Surface = z.infer<typeof Surface>;

/** What a change keeps in a request: JSON that only its own schemas read (`changes/`). */
const Own = z.record(z.string(), z.unknown());

/** One asked-for change. What is particular to the change stands in `ask` and `body`. */
export const Request = z.object({
  id: RequestId,
  /** Grows by one with each commit; the store refuses a commit that does not follow the stored one. */
  version: z.number().int().min(1),
  /** The same for every delivery of one submission. The id is made from it, so that a redelivery finds the first. */
  idempotencyKey: z.string(),
  /** Name of the change in the table of changes. */
  change: z.string(),
  /** The action of the policy that decides about it; null: people may do it with what is theirs. */
  action: z.enum(ACTIONS).nullable(),
  /** Requests of one lane are carried out one after the other; null: beside all others. */
  lane: z.string().nullable(),
  status: Status,
  requester: SlackUser,
  askedAt: z.coerce.date(),
  /** Why it was asked, in the requester's words. */
  reason: z.string(),
  /** `id` is null for a service that is yet to be made. */
  service: z.object({ id: OnezoneId.nullable(), name: z.string() }).nullable(),
  subjects: z.array(Subject).max(50),
  ask: Own,
  body: Own,
  /** What the policy demanded when it was asked; for display. Each click asks the policy again. */
  approval: z
    .object({ count: z.number().int().min(1), by: z.array(z.string()), rule: z.string() })
    .nullable(),
  decisions: z.array(Decision),
  /** Fingerprint of the effect that the approval message shows; null until the zone was read. */
  effect: z.string().nullable(),
  lapsesAt: z.coerce.date().nullable(),
  surfaces: z.array(Surface),
  /** The requester was told that it is kept until Onezone answers. */
  postponed: z.boolean(),
  /** When carrying out began: anything found in the zone that is older is not ours. */
  startedAt: z.coerce.date().nullable(),
  /** Why it failed, is unclear or waits, for people; with the support id that is in the log and the audit. */
  trouble: z
    .object({
      why: z.string(),
      next: z.string(),
      supportId: z.string(),
      /** It does not pass by itself. */
      needsOperator: z.boolean().optional(),
    })
    .nullable(),
});
export type Request = z.infer<typeof Request>;
export type Trouble = NonNullable<Request['trouble']>;

/** The registered service that a request is about, or null where there is none (yet). */
export function serviceOf({ service }: Pick<Request, 'service'>): ServiceRef | null {
  return service === null || service.id === null ? null : { id: service.id, name: service.name };
}

export const subjectsWith = (
  { subjects }: Pick<Request, 'subjects'>,
  ...kinds: readonly Outcome['kind'][]
): readonly Subject[] => subjects.filter((subject) => kinds.includes(subject.outcome.kind));

/** Statuses from which nothing is decided or carried out any more; what was given may still end. */
export const isSettled = (status: Status): boolean =>
  !['pending', 'approved', 'carrying out'].includes(status);

/** Why nothing can be decided any more, or null. A request whose time is up is lapsed even while the timer is late. */
export function settledAs({ status, lapsesAt }: Request, now: Date): string | null {
  if (status !== 'pending') return status;
  return lapsesAt !== null && lapsesAt <= now ? 'lapsed' : null;
}
