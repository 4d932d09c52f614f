import { asEntry, operationsLacking, operationsNeeded } from '../../onezone/needs.js';
import type { ZoneCaveat } from '../../onezone/onezone.js';
import type { Check } from '../check.js';
import { dutiesOf } from '../duties.js';
import { type Finding, ok, problem, warning } from '../finding.js';

const name = 'onezone.caveats';
const MAKE_ANEW = 'Make another: `npx handle-desk token`; put it into ONEZONE_TOKEN and restart.';

export const caveats: Check = {
  name,
  look: async ({ policy, zone }) => {
    const { token, model, version, me } = await zone.connect();
    if (token === null) {
      return [
        warning(name, {
          what: 'The desk logs in by user name and password.',
          why: 'A password opens everything that the account may do, and cannot be confined.',
          fix: '`npx handle-desk token` makes a token that can do only what the desk does.',
          told: 'elsewhere',
        }),
      ];
    }
    const wrong = token.caveats.flatMap((caveat) => unfit(caveat) ?? []);
    const needed = operationsNeeded(dutiesOf(policy), { model, version });
    const lacking = operationsLacking(needed, token, me.id);
    if (lacking.length > 0) wrong.push(tooNarrow(lacking));
    if (wrong.length > 0) return wrong;
    if (token.caveats.some(({ type }) => type === 'api')) {
      return [ok(name, 'The token allows what this policy needs, and is confined.')];
    }
    return [
      warning(name, {
        what: 'The token is not confined.',
        why: 'Whoever gets hold of it can do whatever the account may, and read registrars’ passwords.',
        fix: '`npx handle-desk token` narrows it to what the desk does.',
        told: 'elsewhere',
      }),
    ];
  },
};

const tooNarrow = (lacking: readonly string[]): Finding =>
  problem(name, {
    what: `The token is too narrow: it leaves out ${lacking.map((it) => `\`${asEntry(it)}\``).join(', ')}.`,
    why: 'The policy, the model of the account or the version of Onezone needs more than the token was made for.',
    fix: MAKE_ANEW,
  });

function unfit(caveat: ZoneCaveat): Finding | null {
  const { type, whitelist = [] } = caveat;
  const isUnfit =
    type.startsWith('data.') ||
    type === 'consumer' ||
    (type === 'interface' && caveat.interface !== 'rest') ||
    (type === 'service' && !whitelist.some((entry) => /^ozw-(onezone|\*)$/.test(entry)));
  if (!isUnfit) return null;
  return problem(name, {
    what: `The token’s caveat “${type}” does not fit.`,
    why: 'With it Onezone’s REST interface does not take the token.',
    fix: MAKE_ANEW,
  });
}
