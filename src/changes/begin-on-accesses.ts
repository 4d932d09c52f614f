import { type Access, keyOf } from '../access/access.js';
import { reconcileJob } from '../access/jobs.js';
import { commit } from '../commit.js';
import { start } from '../requests/by-jobs.js';
import { carryOut } from '../requests/jobs.js';
import type { Outcome, Request, Subject } from '../requests/request.js';
import type { Services } from '../services.js';
import { mustHaveService } from './on-access.js';

interface OnAccesses {
  /** Whether there is still something to move. */
  readonly has: (access: Access, now: Date) => boolean;
  readonly move: (access: Access, now: Date) => Access;
  /** Of whoever has nothing that could be moved by now. */
  readonly otherwise: Outcome;
}

/** Moves what the people of a request have on its service, in one transaction with its start; reconciling makes it so. */
export async function beginOnAccesses(
  services: Services,
  request: Request,
  { has, move, otherwise }: OnAccesses,
): Promise<void> {
  const now = services.now();
  const service = mustHaveService(request);
  const known = await Promise.all(
    request.subjects.map(async (subject) => {
      const onezone = subject.identity?.onezone ?? '';
      const access = await services.store.accesses.load({ service: service.id, onezone });
      return { subject, access: access !== null && has(access, now) ? access : null };
    }),
  );
  const subjects = known.map(({ subject, access }): Subject =>
    access === null ? { ...subject, outcome: otherwise } : subject,
  );
  const accesses = oneOfEach(known.flatMap(({ access }) => (access === null ? [] : [access]))).map(
    (access) => move(access, now),
  );
  const jobs = [
    ...accesses.map((access) => reconcileJob(keyOf(access), now)),
    // Nothing will move, so nobody else would bring it to its end.
    ...(accesses.length === 0 ? [carryOut(request, now)] : []),
  ];
  await commit(services, start(request, { subjects }, { now, jobs }), { accesses });
}

/** Two Slack accounts may be one Onezone user. */
const oneOfEach = (accesses: readonly Access[]): readonly Access[] => [
  ...new Map(accesses.map((access) => [access.onezone, access])).values(),
];
