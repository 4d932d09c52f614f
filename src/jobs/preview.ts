import { commit } from '../commit.js';
import { isOvertaken, Refusal } from '../errors.js';
import { tooFewMayAgree } from '../queries/who-may-agree.js';
import { giveUp, previewed } from '../requests/by-jobs.js';
import { notify } from '../requests/jobs.js';
import type { Request } from '../requests/request.js';
import { OPERATORS } from '../requests/to-step.js';
import type { Services } from '../services.js';
import type { Job } from '../store/store.js';
import { approvalSurfaces } from './approvers.js';
import { loadRequest } from './perform.js';
import { postponeRequest } from './postpone.js';

/** Reads what the request would do and shows it to the approvers. While Onezone does not answer they see it without, and cannot approve yet. */
export async function previewJob(services: Services, job: Job): Promise<void> {
  const request = await loadRequest(services, job);
  if (request?.status !== 'pending') return;
  const surfaces = await approvalSurfaces(services, request);
  if (await tooFewMayAgree(services, request)) await tellOperators(services, request);
  const change = services.changes.of(request);
  try {
    const seen = await change.preview(services, request);
    const facts = change.effect(seen);
    await commit(services, previewed(seen, { facts, surfaces }, services.now()));
  } catch (error) {
    if (isOvertaken(error)) throw error;
    if (error instanceof Refusal) return cannotBe(services, request, error);
    await postponeRequest(services, request.id, { error, surfaces });
    throw error;
  }
}

/** Nobody would hear of it until it lapsed. */
async function tellOperators({ store, now }: Services, request: Request): Promise<void> {
  const trouble = 'too few may agree';
  const to = OPERATORS;
  await store.jobs.add([
    notify(request, { message: 'trouble', to, occasion: trouble, trouble }, now()),
  ]);
}

async function cannotBe(services: Services, request: Request, refusal: Refusal): Promise<void> {
  const supportId = services.newSupportId();
  const { message: why, next, code } = refusal;
  services.log.warn({ request: request.id, supportId, code }, 'request cannot be carried out');
  const step = giveUp(request, { status: 'failed', why, next, supportId }, services.now());
  if (step !== null) await commit(services, step);
}
