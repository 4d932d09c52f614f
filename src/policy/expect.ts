import { decide, type Verdict } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Action, Policy } from '../requests/policy.js';
import type { PolicyFile } from './policy-file.js';
import type { SourcePositions } from './source-position.js';

/** An example under `expect:`; `who` counts as a full member of the workspace. */
export interface Expectation {
  readonly who: string;
  readonly usergroups: readonly string[];
  readonly action: Action;
  /** Name or id; null: the action is not about a service. */
  readonly service: string | null;
  readonly then:
    'allowed' | 'refused' | { readonly needs: number; readonly by: readonly string[] | null };
  /** Prefixes a problem with the example's position in the file. */
  readonly locate: (problem: string) => string;
}

export function expectationsOf(
  file: PolicyFile,
  positions: SourcePositions,
): readonly Expectation[] {
  return (file.expect ?? []).map(
    ({ who, usergroups = [], action, service = null, then }, index) => ({
      who,
      usergroups,
      action,
      service,
      then: typeof then === 'string' ? then : { needs: then.needs, by: then.by ?? null },
      locate: (problem) => positions.atValue(['expect', index], problem),
    }),
  );
}

/** The examples that fail. Uses the same `decide` as real requests. */
export function checkExpectations(
  policy: Policy,
  expectations: readonly Expectation[],
): readonly string[] {
  return expectations.flatMap((example) => {
    const { then, locate } = example;
    const verdict = verdictOn(policy, example);
    return isMet(then, verdict)
      ? []
      : [locate(`${question(example)} comes out as ${inWords(verdict)}, not as ${inWords(then)}`)];
  });
}

function verdictOn(policy: Policy, { who, usergroups, action, service }: Expectation): Verdict {
  const actor: Actor = { id: who, standing: 'member', usergroups, onezone: [], linkedBy: [] };
  const about = service === null ? null : { id: service, name: service };
  // `ask` does not depend on the time.
  return decide(policy, actor, { do: 'ask', action, service: about }, new Date(0));
}

function isMet(then: Expectation['then'], verdict: Verdict): boolean {
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
