import { decide, type Verdict } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Action, Policy } from '../requests/policy.js';
import type { Places } from './place.js';
import type { PolicyFile } from './policy-file.js';

/** An example under `expect:`. It is about a full member of the workspace. */
export interface Expectation {
  readonly who: string;
  readonly usergroups: readonly string[];
  readonly action: Action;
  /** Name or id, or null for what is not about a service. */
  readonly service: string | null;
  readonly then:
    'allowed' | 'refused' | { readonly needs: number; readonly by: readonly string[] | null };
  /** Puts the place in the file before a problem. */
  readonly say: (problem: string) => string;
}

export function expectationsOf(file: PolicyFile, places: Places): readonly Expectation[] {
  return (file.expect ?? []).map((it, index) => ({
    who: it.who,
    usergroups: it.usergroups ?? [],
    action: it.action,
    service: it.service ?? null,
    then: typeof it.then === 'string' ? it.then : { needs: it.then.needs, by: it.then.by ?? null },
    say: (problem) => places.at(['expect', index], problem),
  }));
}

/** The examples that do not come out as said. They are put to the same `decide` that every click is put to. */
export function checkExpectations(
  policy: Policy,
  expectations: readonly Expectation[],
): readonly string[] {
  return expectations.flatMap((it) => {
    const verdict = verdictOn(policy, it);
    return isAsSaid(it.then, verdict)
      ? []
      : [it.say(`${question(it)} comes out as ${inWords(verdict)}, not as ${inWords(it.then)}`)];
  });
}

function verdictOn(policy: Policy, { who, usergroups, action, service }: Expectation): Verdict {
  const actor: Actor = { id: who, standing: 'member', usergroups, onezone: null };
  const about = service === null ? null : { id: service, name: service };
  // Asking does not depend on the time of day.
  return decide(policy, actor, { do: 'ask', action, service: about }, new Date(0));
}

function isAsSaid(then: Expectation['then'], verdict: Verdict): boolean {
  if (typeof then === 'string') return verdict.kind === then;
  if (verdict.kind !== 'needs' || verdict.count !== then.needs) return false;
  return then.by === null || sorted(then.by) === sorted(verdict.by);
}

const sorted = (roles: readonly string[]): string => [...new Set(roles)].sort().join();

const question = ({ who, action, service }: Expectation): string =>
  `${who} ${action}${service === null ? '' : ` on “${service}”`}`;

function inWords(outcome: Verdict | Expectation['then']): string {
  if (typeof outcome === 'string') return outcome;
  if ('needs' in outcome) {
    return `needs ${outcome.needs}${outcome.by === null ? '' : ` by ${outcome.by.join(', ')}`}`;
  }
  return outcome.kind === 'needs'
    ? `needs ${outcome.count} by ${outcome.by.join(', ')} (${outcome.rule})`
    : outcome.kind === 'refused'
      ? `refused (${outcome.refusal.rule ?? outcome.refusal.code})`
      : `allowed (${outcome.rule ?? 'no rule'})`;
}
