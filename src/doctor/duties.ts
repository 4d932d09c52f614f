import type { Duty } from '../onezone/needs.js';
import type { Action, Policy } from '../requests/policy.js';

/** What the desk has to be able to do in the zone for what this policy lets people ask. */
export function dutiesOf(
  policy: Pick<Policy, 'actions' | 'services' | 'identity'>,
): readonly Duty[] {
  const isRuled = (action: Action): boolean =>
    [policy, ...policy.services].some(({ actions }) => actions[action] !== undefined);
  const gives = isRuled('grant') || isRuled('extend');
  // What is given ends, and may be given back.
  const takes = gives || isRuled('revoke');
  const finds = policy.identity.email !== 'off' || isRuled('link');
  return [
    'read',
    ...(finds ? (['directory'] as const) : []),
    ...(gives ? (['give'] as const) : []),
    ...(takes ? (['take'] as const) : []),
    ...(isRuled('register') ? (['register'] as const) : []),
  ];
}
