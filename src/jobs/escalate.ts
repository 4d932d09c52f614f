import { commit } from '../commit.js';
import { escalate } from '../requests/lifecycle.js';
import { withoutParties } from '../queries/who-may-agree.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { load } from './load.js';

/** Asks those whom the policy names for requests that nobody has decided for a while. */
export async function escalateJob(services: Services, job: Job): Promise<void> {
  const request = await load(services, job);
  const { escalate: rule } = services.policy.current().requests;
  if (request === null || rule === null) return;
  const people = withoutParties(request, await services.people.withRoles(rule.to));
  const step = escalate(request, { to: people, what: 'escalated' }, services.now());
  if (step !== null) await commit(services, step);
}
