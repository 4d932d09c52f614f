import { commit } from '../commit.js';
import { whoMayAgree } from '../queries/who-may-agree.js';
import { escalate, lapse, remind } from '../requests/by-clocks.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { loadRequest } from './perform.js';

/** Nobody decided in time. */
export async function lapseJob(services: Services, job: Job): Promise<void> {
  const request = await loadRequest(services, job);
  const step = request === null ? null : lapse(request, services.now());
  if (step !== null) await commit(services, step);
}

export async function remindJob(services: Services, job: Job): Promise<void> {
  const request = await loadRequest(services, job);
  const step = request === null ? null : remind(request, services.now());
  if (step !== null) await commit(services, step);
}

/** Asks those whom the policy names for requests that nobody has decided for a while. */
export async function escalateJob(services: Services, job: Job): Promise<void> {
  const request = await loadRequest(services, job);
  const { escalate: rule } = services.policy.current().requests;
  if (request === null || rule === null) return;
  const to = await whoMayAgree(services, request, rule.to);
  const step = escalate(request, { to, what: 'escalated' }, services.now());
  if (step !== null) await commit(services, step);
}
