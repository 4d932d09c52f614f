import { errorCode } from '../../error-code.js';
import { daysLeft } from '../days.js';
import type { Check } from '../check.js';
import { ok, problem, unknown, warning } from '../finding.js';

const name = 'onezone.certificate';
const WARN_DAYS = 14;

export const certificate: Check = {
  name,
  look: async ({ zone, now }) => {
    try {
      const { certificateEnds: ends } = await zone.probe();
      if (ends === null) return [ok(name, 'Onezone is on this machine: no certificate is needed.')];
      const days = daysLeft(ends, now());
      const fix = 'An administrator of the zone has to renew it.';
      const why = `It is valid until ${ends.toISOString().slice(0, 10)}.`;
      if (days <= 0) return [problem(name, { what: 'Onezone’s certificate has ended.', why, fix })];
      if (days <= WARN_DAYS) {
        return [warning(name, { what: `Onezone’s certificate ends in ${days} days.`, why, fix })];
      }
      return [ok(name, `Onezone’s certificate is valid for ${days} days.`)];
    } catch (error) {
      return [
        unknown(name, {
          what: 'Onezone’s certificate could not be looked at.',
          why: `Nobody answers at its address (${errorCode(error) ?? 'no answer'}).`,
          fix: 'See above: Onezone has to be reached first.',
          told: 'elsewhere',
        }),
      ];
    }
  },
};
