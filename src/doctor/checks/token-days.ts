import { daysLeft } from '../days.js';
import type { Check } from '../check.js';
import { ok, problem, warning } from '../finding.js';

const name = 'onezone.token';
const WARN_DAYS = 14;

export const tokenDays: Check = {
  name,
  look: async ({ zone, now }) => {
    const { token } = await zone.connect();
    if (token === null) return [];
    if (token.expiresAt === null) return [ok(name, 'The token has no end.')];
    const days = daysLeft(token.expiresAt, now());
    if (days > WARN_DAYS) return [ok(name, `The token is valid for ${days} days.`)];
    const words = {
      what: days === 1 ? 'The token ends within a day.' : `The token ends in ${days} days.`,
      why: `It is valid until ${token.expiresAt.toISOString()}; from then on Onezone takes nothing from the desk.`,
      fix: 'Make another: `npx handle-desk token`; put it into ONEZONE_TOKEN and restart.',
      // The operators have a message of its own for each of 14, 7 and 1 days.
      told: 'elsewhere' as const,
    };
    return [days <= 1 ? problem(name, words) : warning(name, words)];
  },
};
