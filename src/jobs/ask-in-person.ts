import { commit } from '../commit.js';
import { approverMessages } from '../queries/who-may-agree.js';
import { escalate } from '../requests/lifecycle.js';
import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';

/** The approvers' channel does not take the message: each of them gets one. */
export async function askInPerson(services: Services, request: Request): Promise<void> {
  const surfaces = await approverMessages(services, request);
  const step = escalate(
    request,
    { to: surfaces.map((it) => it.to), what: 'asked in person' },
    services.now(),
  );
  if (step !== null) await commit(services, step);
}
