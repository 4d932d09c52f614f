import { refusals } from '../../errors.js';
import { parseDecisionValue } from '../../markup/actions.js';
import { RequestId } from '../../requests/request.js';

/** The request that a button is about, and the effect that was on the screen. */
export function decisionOf(value: string): {
  readonly id: RequestId;
  readonly effect: string | null;
} {
  const { request, effect } = parseDecisionValue(value);
  return { id: requestIdIn(request), effect };
}

/** Throws the refusal of what is no request. */
export function requestIdIn(text: string): RequestId {
  const id = RequestId.safeParse(text.toUpperCase());
  if (!id.success) throw refusals.unknownRequest(text);
  return id.data;
}
