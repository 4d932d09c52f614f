import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createWorld, fill, linked, row } from './world.js';

/** Few letters, so that addresses meet, differ by dots and capitals, or are shared. */
const address = fc
  .tuple(
    fc.stringMatching(/^[aAb.]{1,3}$/),
    fc.constantFrom('gmail.com', 'GMAIL.com', 'example.org', 'Example.org'),
  )
  .map(([local, domain]) => `${local}@${domain}`);

const zone = fc.array(
  fc.record({ emails: fc.array(address, { maxLength: 2 }), blocked: fc.boolean() }),
  { maxLength: 6 },
);

/** Written anew, not taken from the code under test. */
function canonical(text: string): string {
  const [local = '', domain = ''] = text.toLowerCase().split('@');
  return `${domain === 'gmail.com' ? local.replaceAll('.', '') : local}@${domain}`;
}

it('by e-mail, finds only the single unblocked and unlinked user with the same address', async () => {
  await fc.assert(
    fc.asyncProperty(zone, address, fc.nat(8), async (users, email, other) => {
      const { store, people, slack } = await createWorld();
      try {
        slack.add('U0LENA', { email });
        const rows = users.map((user, at) =>
          row(`user${at}`, { ...user, emails: [...new Set(user.emails.map(canonical))] }),
        );
        await fill(store, rows);
        if (other < users.length) await linked(store, 'U0OTHER', `user${other}`);
        const matches = rows.filter((it) => it.emails.includes(canonical(email)));
        const [only] = matches;
        const usable =
          matches.length === 1 && only !== undefined && !only.blocked && only.id !== `user${other}`;
        const found = await people.identify('U0LENA');
        expect(found.kind).toBe(usable ? 'known' : 'refused');
        if (found.kind === 'known') expect(found.identity.onezone).toBe(only?.id);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 150 },
  );
});
