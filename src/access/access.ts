import { z } from 'zod';
import { Level } from '../requests/level.js';
import { Left, OnezoneId, RequestId, ServiceRef, SlackUser } from '../requests/request.js';

const Privileges = z.array(z.string());

/**
 * How far a claim has come. `wanted`: not read back yet. `given`: read back. `failed`: Onezone said no, nothing was given.
 * `unclear`: asked, and something else was read back. `ended`: read back that it is gone; `left` is what is still there, and why.
 */
const ClaimState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('wanted') }),
  z.object({ kind: z.literal('given'), at: z.coerce.date(), added: Privileges }),
  z.object({
    kind: z.literal('failed'),
    at: z.coerce.date(),
    why: z.string(),
    next: z.string(),
    supportId: z.string().optional(),
  }),
  z.object({ kind: z.literal('unclear'), saw: z.string() }),
  z.object({
    kind: z.literal('ended'),
    at: z.coerce.date(),
    left: Left,
    /** It was never seen that it had been given. */
    unconfirmed: z.literal(true).optional(),
  }),
]);
export type ClaimState = z.infer<typeof ClaimState>;

/** A request that moved the end of a claim or restored it, and whether Onezone was read since. */
const Touch = z.object({
  by: RequestId,
  /** What others took away is to be there again. */
  restores: z.boolean(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('wanted') }),
    z.object({ kind: z.literal('confirmed'), at: z.coerce.date() }),
    z.object({
      kind: z.literal('failed'),
      why: z.string(),
      next: z.string(),
      supportId: z.string().optional(),
    }),
  ]),
});
export type Touch = z.infer<typeof Touch>;

/** One request's part of an access. */
export const Claim = z.object({
  request: RequestId,
  /** Whom it was asked for: who hears of its end. A later link of that person to somebody else moves nothing. */
  slack: SlackUser,
  level: Level,
  since: z.coerce.date(),
  until: z.coerce.date().nullable(),
  /** Privileges (or `member`) that others took away. Not given again by itself: by a new request, or by *restore*. */
  lost: Privileges,
  /** Revoked or given back: by which request. By its own: given up, for the reason that is said here. */
  dropped: z
    .object({
      by: RequestId,
      at: z.coerce.date(),
      why: z.string().optional(),
      next: z.string().optional(),
    })
    .nullable(),
  touches: z.array(Touch),
  /** How many warnings of its end were sent. */
  warned: z.number().int(),
  state: ClaimState,
});
export type Claim = z.infer<typeof Claim>;

/** What one Onezone user has on one service through the desk. Belongs to the Onezone user, whoever is linked to it. */
export const Access = z.object({
  service: ServiceRef,
  onezone: OnezoneId,
  /** Grows by one with each commit; 0 is not stored yet. */
  version: z.number().int().min(0),
  /** What others gave (null: no membership): before us, or by hand since. Never taken away by the desk. */
  baseline: Privileges.nullable(),
  /** The part of the baseline that was added by hand while we looked on. */
  joined: Privileges,
  claims: z.array(Claim),
  /** What was last read back; null: the zone was not read yet. */
  applied: z.object({ privileges: Privileges.nullable(), at: z.coerce.date() }).nullable(),
  /** What the call that is on its way, or was cut off, was to make of it; null: none is. */
  writing: z.object({ to: Privileges.nullable() }).nullable(),
});
export type Access = z.infer<typeof Access>;

/** Which access: one Onezone user on one service. */
export interface AccessKey {
  readonly service: OnezoneId;
  readonly onezone: OnezoneId;
}

export const keyOf = ({ service, onezone }: Access): AccessKey => ({
  service: service.id,
  onezone,
});

export function newAccess(service: ServiceRef, onezone: OnezoneId): Access {
  const nothing = { baseline: null, joined: [], claims: [], applied: null, writing: null };
  return { service, onezone, version: 0, ...nothing };
}

/** Whether a claim still gives something: its time is not up, nobody dropped it, and Onezone did not refuse it. */
export function isLive({ until, dropped, state }: Claim, now: Date): boolean {
  const isOver = (until !== null && until <= now) || dropped !== null;
  return !isOver && state.kind !== 'failed' && state.kind !== 'ended';
}

/** Over, and not yet read back that it is gone. */
export const isEnding = (claim: Claim, now: Date): boolean =>
  !isLive(claim, now) && claim.state.kind !== 'failed' && claim.state.kind !== 'ended';

/** A claim as another request moves or restores it, which is told of once Onezone was read. */
export const touch = (claim: Claim, by: RequestId, restores: boolean): Claim => ({
  ...claim,
  touches: [...claim.touches, { by, restores, state: { kind: 'wanted' } }],
});

/** What was wanted of a claim by requests that moved or restored it, and has come to this. */
export const settleTouches = (claim: Claim, state: Touch['state']): Claim => ({
  ...claim,
  touches: claim.touches.map((each) => (each.state.kind === 'wanted' ? { ...each, state } : each)),
});

export const isTouchWanted = ({ touches }: Claim): boolean =>
  touches.some(({ state }) => state.kind === 'wanted');

/** By this claim the person has access now, as far as we know. */
export const isOn = ({ state }: Claim): boolean => ['given', 'unclear'].includes(state.kind);
