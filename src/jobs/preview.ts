import { preview } from '../changes/index.js';
import { commit } from '../commit.js';
import { isOvertaken, Refusal } from '../errors.js';
import { tooFewMayAgree } from '../queries/who-may-agree.js';
import { tell, TOO_FEW } from '../requests/jobs.js';
import { giveUp, OPERATORS, previewed } from '../requests/lifecycle.js';
import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { approvalSurfaces } from './approval-surfaces.js';
import { hold } from './hold.js';
import { load } from './load.js';

/** Reads what the request would do and shows it to the approvers. While Onezone does not answer they see it without, and cannot approve yet. */
export async function previewJob(services: Services, job: Job): Promise<void> {
  const request = await load(services, job);
  if (request?.status !== 'pending') return;
  const surfaces = await approvalSurfaces(services, request);
  if (await tooFewMayAgree(services, request)) await tellOperators(services, request);
  try {
    const seen = await preview(services, request);
    await commit(services, previewed(seen, surfaces, services.now()));
  } catch (error) {
    if (error instanceof Refusal && !isOvertaken(error)) {
      return cannotBe(services, request, error);
    }
    if (!isOvertaken(error)) await hold(services, request.id, { error, surfaces });
    throw error;
  }
}

/** Nobody would hear of it until it lapsed. */
async function tellOperators({ store, now }: Services, request: Request): Promise<void> {
  const told = { what: 'trouble', to: OPERATORS, person: TOO_FEW } as const;
  await store.jobs.add([tell(request, told, now())]);
}

async function cannotBe(services: Services, request: Request, refusal: Refusal): Promise<void> {
  const supportId = services.newSupportId();
  const words = { status: 'failed', why: refusal.message, next: refusal.next, supportId } as const;
  services.log.warn(
    { request: request.id, supportId, code: refusal.code },
    'request cannot be carried out',
  );
  await commit(services, giveUp(request, words, services.now()));
}
