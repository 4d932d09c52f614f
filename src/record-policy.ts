import type { Policy } from './requests/policy.js';
import { notice } from './requests/jobs.js';
import type { Services } from './services.js';

/** Audits every reload, accepted or refused, and notifies the operators of a refused one. */
export async function recordPolicy(
  { store, now, wake, newSupportId }: Pick<Services, 'store' | 'now' | 'wake' | 'newSupportId'>,
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
  await store.jobs.add([notice(refusedWords(result.problems), { id: newSupportId(), now: now() })]);
  wake();
}

const MAX_PROBLEMS_SHOWN = 5;

function refusedWords(problems: readonly string[]): string {
  const more = problems.length - MAX_PROBLEMS_SHOWN;
  return [
    'The changed policy file was refused; the policy before it stays in force.',
    ...problems.slice(0, MAX_PROBLEMS_SHOWN),
    ...(more > 0 ? [`and ${more} more`] : []),
    'Next: correct the file; npx handle-desk policy check shows all that is wrong with it.',
  ].join('\n');
}
