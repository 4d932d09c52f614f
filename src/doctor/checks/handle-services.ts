import { isNotAllowed } from '../../onezone/errors.js';
import type { Check } from '../check.js';
import { counted } from '../counted.js';
import { ok, problem, warning } from '../finding.js';

const name = 'onezone.services';

export const handleServices: Check = {
  name,
  look: async ({ zone }) => {
    try {
      const [{ model, me }, found] = [await zone.connect(), await zone.services()];
      if (found.length > 0 || model === 'admin') {
        return [ok(name, `The desk can act on ${counted(found.length, 'handle service')}.`)];
      }
      return [
        warning(name, {
          what: 'The desk can act on no handle service.',
          why: 'Its account may act only on services that it is a member of, and it is a member of none.',
          fix: `Register one with \`/handle register\`, or have an administrator add ${me.username ?? me.id} to a service with \`handle_service_view\` and \`handle_service_update\`.`,
        }),
      ];
    } catch (error) {
      if (!isNotAllowed(error)) throw error;
      return [
        problem(name, {
          what: 'The handle services cannot be listed.',
          why: 'The account or its token may not.',
          fix: 'See the privileges and the token of the account.',
        }),
      ];
    }
  },
};
