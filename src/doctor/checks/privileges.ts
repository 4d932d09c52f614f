import { privilegesNeeded } from '../../onezone/needs.js';
import type { Check } from '../check.js';
import { dutiesOf } from '../duties.js';
import { ok, problem, unknown } from '../finding.js';

const name = 'onezone.privileges';

export const privileges: Check = {
  name,
  look: async ({ policy, zone }) => {
    const { ozPrivileges, model, me } = await zone.connect();
    const account = me.username ?? me.id;
    if (ozPrivileges === null) {
      return [
        unknown(name, {
          what: 'The account’s privileges in Onezone could not be read.',
          why: 'The token leaves out `ozw/get/user.*.eff_oz_privileges:private`.',
          fix: 'Make a token that has it: `npx handle-desk token`.',
        }),
      ];
    }
    const lacking = privilegesNeeded(dutiesOf(policy), model).filter(
      (privilege) => !ozPrivileges.includes(privilege),
    );
    if (lacking.length === 0) {
      return [ok(name, `The account ${account} has every privilege that this policy needs.`)];
    }
    return [
      problem(name, {
        what: `The account ${account} lacks ${lacking.map((it) => `\`${it}\``).join(', ')}.`,
        why: 'What the policy lets people ask cannot be carried out without.',
        fix: `An administrator of the zone gives them: \`PATCH /users/${me.id}/privileges {"grant": ${JSON.stringify(lacking)}}\`, or Clusters, Members in Onezone’s web interface.`,
      }),
    ];
  },
};
