import { Refusal } from '../../errors.js';
import { GrantAsk, type Until } from '../../requests/grant-ask.js';
import type { GrantLimits } from '../../requests/policy.js';
import { checkUntil } from '../../requests/until.js';
import type { Services } from '../../services.js';
import { parseAsk } from '../parse-ask.js';

/** What is wrong with an ask, by field, as far as nobody else need be asked: policy and known services. Empty: nothing. */
export async function checkGrantAsk(
  services: Services,
  values: unknown,
): Promise<Readonly<Record<string, string>>> {
  const parsed = parsedOrProblems(values);
  if ('problems' in parsed) return parsed.problems;
  const { ask } = parsed;
  const { grants } = services.policy.current();
  const until = notOffered(ask.until, grants) ?? checkUntil(ask.until, grants, services.now());
  const service = await services.store.services.get(ask.service);
  return {
    ...(service === null ? { service: 'This service is no longer there. Choose another.' } : {}),
    ...(grants.levels.includes(ask.level)
      ? {}
      : { level: `The policy offers only ${grants.levels.join(', ')}.` }),
    ...(until === null ? {} : { until }),
  };
}

/** A form that was opened under an earlier policy may hold one that is offered no more. */
function notOffered(until: Until, { durations }: GrantLimits): string | null {
  const isOffered = typeof until === 'string' || 'on' in until || durations.includes(until.for);
  return isOffered ? null : `The policy offers only ${durations.join(', ')}.`;
}

function parsedOrProblems(
  values: unknown,
): { readonly ask: GrantAsk } | { readonly problems: Readonly<Record<string, string>> } {
  try {
    return { ask: parseAsk(GrantAsk, values) };
  } catch (error) {
    if (error instanceof Refusal) return { problems: error.fields };
    throw error;
  }
}
