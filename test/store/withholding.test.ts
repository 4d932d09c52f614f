import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSecrets } from '../../src/secrets.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { withholdingStore } from '../../src/store/withholding.js';

const SECRET = 'Tr0ub4dor&3';
const at = new Date('2026-01-01T00:00:00Z');
const { withhold } = createSecrets([SECRET]);

let store: Store;
beforeEach(async () => {
  store = withholdingStore(await openStore('sqlite::memory:'), withhold);
});
afterEach(() => store.close());

describe('a store that withholds', () => {
  it('keeps an audit line without secrets, and its chain holds', async () => {
    await store.audit.append({
      ...{ at, who: 'U0ADA', what: 'fault', request: null, people: [] },
      service: { id: null, name: `N ${SECRET}` },
      detail: { wanted: [`a ${SECRET}`, { deep: encodeURIComponent(SECRET) }] },
    });
    const [line] = await store.audit.read({ after: 0, limit: 10 });
    expect(line).toMatchObject({
      at,
      service: { name: 'N [redacted]' },
      detail: { wanted: ['a [redacted]', { deep: '[redacted]' }] },
    });
    expect(await store.audit.verify()).toMatchObject({ lines: 1, brokenAt: null });
  });

  it('keeps jobs, and what went wrong with them, without secrets', async () => {
    const job = { name: 'notify', key: `n:${SECRET}`, request: null, lane: null } as const;
    await store.jobs.add([{ ...job, payload: { text: SECRET }, runAt: at }]);
    const claim = { now: at, until: new Date(at.getTime() + 1000), limit: 1 };
    const [claimed] = await store.jobs.claim(claim);
    expect(claimed).toMatchObject({ key: 'n:[redacted]', payload: { text: '[redacted]' } });
    if (claimed === undefined) throw new Error('There is a job.');
    expect(await store.jobs.finish(claimed)).toBe(true);
  });

  it('keeps services and users of the zone without secrets, and finds them as before', async () => {
    const service = { id: 'h1', name: `S ${SECRET}`, registrar: null, prefix: SECRET, readAt: at };
    await store.services.put(service);
    const kept = { ...service, name: 'S [redacted]', prefix: '[redacted]' };
    expect(await store.services.get('h1')).toEqual(kept);
    expect(await store.services.byName(`S ${SECRET}`)).toEqual([kept]);
    await store.directory.put([
      ...[{ id: 'u1', fullName: SECRET, username: null, emails: [], blocked: false, readAt: at }],
    ]);
    expect(await store.directory.get('u1')).toMatchObject({ fullName: '[redacted]' });
  });

  it('keeps a message’s place without secrets', async () => {
    await store.posts.put(`k ${SECRET}`, { channel: 'C1', ts: '1.0', hash: 'h' });
    expect(await store.posts.get('k [redacted]')).toMatchObject({ channel: 'C1' });
  });
});
