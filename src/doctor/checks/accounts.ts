import { readAccount } from '../../policy/accounts.js';
import type { Check } from '../check.js';
import { counted } from '../counted.js';
import { type Finding, ok, problem, warning } from '../finding.js';

const name = 'policy.accounts';

export const accounts: Check = {
  name,
  look: async ({ policy, accounts: deps }) => {
    const names = Object.keys(policy.accounts);
    const read = await Promise.allSettled(names.map((it) => readAccount(policy, it, deps)));
    const wrong = names.filter((_, index) => read[index]?.status === 'rejected');
    if (wrong.length > 0) return wrong.map((it) => unreadable(it, policy.accounts[it]));
    if (names.length > 0)
      return [ok(name, `The policy’s ${counted(names.length, 'registrar account')} can be read.`)];
    if (policy.actions.register === undefined) return [ok(name, 'No registrar account is needed.')];
    return [
      warning(name, {
        what: 'The policy lets people register, and names no registrar account.',
        why: 'There is nothing to register a service with.',
        fix: 'Add one under accounts: in the policy file.',
        told: 'elsewhere',
      }),
    ];
  },
};

const unreadable = (
  account: string,
  references: { readonly username: string; readonly password: string } | undefined,
): Finding =>
  problem(name, {
    what: `The registrar account “${account}” cannot be read.`,
    why: `${references?.username ?? ''} or ${references?.password ?? ''} is not set, empty, or not readable for the bot.`,
    fix: 'Set the variable or provide the file, then restart; or take the account out of the policy file.',
  });
