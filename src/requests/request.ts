import { z } from 'zod';
import { GrantAsk } from './grant-ask.js';
import { RegisterAsk } from './register-ask.js';

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

/** What a grant really added; its end takes away exactly this. */
const Receipt = z.object({ membership: z.boolean(), privileges: Privileges });
export type Receipt = z.infer<typeof Receipt>;

/**
 * Where a beneficiary stands. `unclear`: Onezone was asked and did not say what became of it; `receipt` is the most that can have been added.
 * `ended.left`: what is still there afterwards. `through a group`: membership that we never gave and cannot take.
 */
const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('active'), receipt: Receipt, has: Privileges, at: z.coerce.date() }),
  z.object({ kind: z.literal('failed'), why: z.string(), next: z.string() }),
  z.object({ kind: z.literal('unclear'), saw: z.string(), receipt: Receipt }),
  z.object({ kind: z.literal('ending'), receipt: Receipt }),
  z.object({
    kind: z.literal('ended'),
    at: z.coerce.date(),
    left: z.enum([
      'nothing',
      'what was there before',
      'what others gave',
      'access through a group',
      'access by another request',
    ]),
  }),
]);
export type Outcome = z.infer<typeof Outcome>;

/**
 * A person who gets access. `identity` is null while Onezone could not be asked who they are.
 * `before` holds the privileges read before anything was done (null: not a member); absent: not read yet.
 */
export const Beneficiary = z.object({
  slack: SlackUser,
  identity: Identity.nullable(),
  before: Privileges.nullable().optional(),
  outcome: Outcome,
});
export type Beneficiary = z.infer<typeof Beneficiary>;

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
const Surface = z.object({ what: z.enum(['approval', 'outcome', 'reminder']), to: z.string() });
export type Surface = z.infer<typeof Surface>;

const common = {
  id: RequestId,
  /** Grows by one with each commit; the store refuses a commit that does not follow the stored one. */
  version: z.number().int().min(1),
  /** What Slack sent this with. The id is made from it, so that a redelivery finds the first. */
  delivery: z.string(),
  status: Status,
  requester: SlackUser,
  askedAt: z.coerce.date(),
  /** What the policy demanded when it was asked; for display. Each click asks the policy again. */
  approval: z
    .object({ count: z.number().int().min(1), by: z.array(z.string()), rule: z.string() })
    .nullable(),
  decisions: z.array(Decision),
  /** Fingerprint of the effect that the approval message shows; null until the zone was read. */
  effect: z.string().nullable(),
  lapsesAt: z.coerce.date().nullable(),
  surfaces: z.array(Surface),
  /** Whether the requester was told that Onezone is not answering and the request is kept. */
  toldOfOutage: z.boolean(),
  /** When carrying out began: anything found in the zone that is older is not ours. */
  startedAt: z.coerce.date().nullable(),
  /** Why it failed or is unclear, for people; with the support id that is in the log and the audit. */
  trouble: z.object({ why: z.string(), next: z.string(), supportId: z.string() }).nullable(),
};

export const GrantRequest = z.object({
  ...common,
  change: z.literal('grant'),
  ask: GrantAsk,
  service: ServiceRef,
  people: z.array(Beneficiary).min(1).max(50),
  /** When it ends; null while not carried out, or for a permanent grant. */
  end: z.coerce.date().nullable(),
});
export type GrantRequest = z.infer<typeof GrantRequest>;

export const RegisterRequest = z.object({
  ...common,
  change: z.literal('register'),
  ask: RegisterAsk,
  /** The registered service, once Onezone has named it and it was read back. */
  service: ServiceRef.nullable(),
  /** Ids of services that existed before the call: an answer that was lost is found among the others. */
  servicesBefore: z.array(OnezoneId).nullable(),
  /** How often Onezone was asked to register it without saying what became of it. */
  attempts: z.number().int().min(0),
});
export type RegisterRequest = z.infer<typeof RegisterRequest>;

export const Request = z.discriminatedUnion('change', [GrantRequest, RegisterRequest]);
export type Request = z.infer<typeof Request>;
export type ChangeName = Request['change'];

/** Statuses from which nothing moves any more, except the end of a grant. */
export const isSettled = (status: Status): boolean =>
  !['pending', 'approved', 'carrying out'].includes(status);

/** Why nothing can be decided any more, or null. A request whose time is up is lapsed even while the timer is late. */
export function settledAs({ status, lapsesAt }: Request, now: Date): string | null {
  if (status !== 'pending') return status;
  return lapsesAt !== null && lapsesAt <= now ? 'lapsed' : null;
}
