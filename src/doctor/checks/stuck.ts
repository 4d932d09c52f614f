import type { Request } from '../../requests/request.js';
import type { Check } from '../check.js';
import { ok, warning } from '../finding.js';

const name = 'work.requests';
const STUCK_AFTER_MS = 3_600_000;
const NAMED_AT_MOST = 5;

/** Requests that everybody agreed to and that are not carried out. */
export const stuck: Check = {
  name,
  look: async ({ store, now }) => {
    const found = await store();
    if (found.kind !== 'open') return [];
    const open = await found.store.requests.find({
      status: ['approved', 'carrying out'],
      limit: 1000,
    });
    const old = open.filter((it) => now().getTime() - movedAt(it).getTime() > STUCK_AFTER_MS);
    if (old.length === 0) return [ok(name, 'No request is stuck.')];
    const [one] = old;
    return [
      warning(name, {
        what: `${old.length === 1 ? 'A request is' : `${old.length} requests are`} stuck: ${named(old)}.`,
        why: one?.trouble?.why ?? 'Agreed to more than an hour ago, and not carried out.',
        fix: one?.trouble?.next ?? 'The log says more under the id of the request.',
        told: 'elsewhere',
      }),
    ];
  },
};

const movedAt = ({ startedAt, decisions, askedAt }: Request): Date =>
  startedAt ?? decisions.at(-1)?.at ?? askedAt;

const named = (requests: readonly Request[]): string =>
  [
    ...requests.slice(0, NAMED_AT_MOST).map(({ id }) => id),
    ...(requests.length > NAMED_AT_MOST ? ['…'] : []),
  ].join(', ');
