import type { Outcome, RequestId } from '../requests/request.js';
import { type Access, type Claim, isLive } from './access.js';
import { sawWords, toSet } from './privilege-set.js';

/** Said of what Onezone was asked for and never answered. */
export const NO_ANSWER = {
  why: 'Onezone has not answered for a week.',
  next: 'Ask again when it is back; an operator has been told.',
};

const TOO_LATE = {
  why: 'Its time was up before Onezone had confirmed it.',
  next: 'Ask again if it is still needed.',
};

/** What has become of a request's claim, for the person whom it is about. Null: as it was. */
export function outcomeOf(access: Access | null, request: RequestId, now: Date): Outcome | null {
  const claim = access?.claims.find((candidate) => candidate.request === request);
  if (access === null || claim === undefined) return null;
  return outcomeOfClaim(access, claim, now);
}

export function outcomeOfClaim(access: Access, claim: Claim, now: Date): Outcome {
  const { state, until } = claim;
  switch (state.kind) {
    case 'failed':
      return failedAs(state);
    case 'ended':
      // Nobody can say whether there ever was anything to end.
      if (state.unconfirmed === true && isGivenUp(claim)) return givenUp(claim);
      if (state.unconfirmed === true && claim.dropped === null) {
        return { kind: 'unclear', saw: sawWords(toSet(hasNow(access))), ...TOO_LATE };
      }
      return {
        kind: 'ended',
        at: state.at,
        due: claim.dropped?.at ?? until,
        by: claim.dropped?.by ?? null,
        left: state.left,
      };
    case 'wanted':
      return isGivenUp(claim) ? givenUp(claim) : { kind: 'waiting' };
    case 'given':
      return isLive(claim, now)
        ? { kind: 'done', at: state.at, has: hasNow(access), added: state.added }
        : { kind: 'ending' };
    case 'unclear':
      return isLive(claim, now) ? { kind: 'unclear', saw: state.saw } : { kind: 'ending' };
  }
}

/** By its own request: nobody answered, and whatever did arrive is taken back. */
const isGivenUp = ({ dropped, request }: Claim): boolean => dropped?.by === request;

function givenUp({ dropped }: Claim): Outcome {
  const { why = NO_ANSWER.why, next = NO_ANSWER.next } = dropped ?? {};
  return { kind: 'unclear', saw: 'no answer', why, next };
}

/** What somebody who was to lose something still has, once all of what this request dropped is gone. Null: not yet. */
export function outcomeOfDropped(access: Access, by: RequestId): Outcome | null {
  const dropped = access.claims.filter((claim) => claim.dropped?.by === by);
  const states = dropped.map((claim) => claim.state);
  const ended = states.filter((state) => state.kind === 'ended');
  const [last] = ended.toSorted((one, other) => other.at.getTime() - one.at.getTime());
  if (last === undefined || ended.length < dropped.length) return null;
  return { kind: 'done', at: last.at, has: hasNow(access), left: last.left };
}

/** What has become of a request that moved the end of a claim, or restored it. Null: not yet. */
export function outcomeOfTouched(access: Access, by: RequestId): Outcome | null {
  const touches = access.claims.flatMap((claim) => claim.touches.filter((each) => each.by === by));
  const states = touches.map(({ state }) => state);
  if (states.some(({ kind }) => kind === 'wanted')) return null;
  const confirmed = states.find((state) => state.kind === 'confirmed');
  if (confirmed !== undefined) return { kind: 'done', at: confirmed.at, has: hasNow(access) };
  const failed = states.find((state) => state.kind === 'failed');
  return failed === undefined ? null : failedAs(failed);
}

type Failed = Extract<Outcome, { kind: 'failed' }>;

const failedAs = ({ why, next, supportId }: Failed): Failed => ({
  kind: 'failed',
  why,
  next,
  ...(supportId === undefined ? {} : { supportId }),
});

const hasNow = ({ applied }: Access): string[] | null => applied?.privileges ?? null;
