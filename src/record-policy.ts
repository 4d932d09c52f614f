import type { Policy } from './requests/policy.js';
import { notice } from './requests/jobs.js';
import type { Services } from './services.js';

/** A change of the allowlist is on record like everything else; so is one that was refused, and of that the operators are told. */
export async function recordPolicy(
  { store, now, wake }: Pick<Services, 'store' | 'now' | 'wake'>,
  result: { readonly policy: Policy } | { readonly problems: readonly string[] },
): Promise<void> {
  const detail =
    'policy' in result
      ? { roles: Object.keys(result.policy.roles), actions: Object.keys(result.policy.actions) }
      : { problems: result.problems };
  await store.audit.append({
    at: now(),
    who: 'bot',
    what: 'policy' in result ? 'policy loaded' : 'policy refused',
    request: null,
    service: null,
    people: [],
    detail,
  });
  if ('policy' in result) return;
  await store.jobs.add([notice(refusedWords(result.problems), now())]);
  wake();
}

const SHOWN = 5;

function refusedWords(problems: readonly string[]): string {
  const more = problems.length - SHOWN;
  return [
    'The changed policy file was refused; the policy before it stays in force.',
    ...problems.slice(0, SHOWN),
    ...(more > 0 ? [`and ${more} more`] : []),
    'Next: correct the file; npx handle-desk policy check shows all that is wrong with it.',
  ].join('\n');
}
