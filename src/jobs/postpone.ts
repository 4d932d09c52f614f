import type { RequestId, Surface } from '../requests/request.js';
import { postpone } from '../requests/by-jobs.js';
import type { NewJob } from '../requests/step.js';
import { commit } from '../commit.js';
import type { Services } from '../services.js';
import { troubleWords } from './classify.js';

/** It cannot go on now: the request is kept, its people and the operators are told once, and the job comes again. */
export async function postponeRequest(
  services: Services,
  id: RequestId,
  cause: {
    readonly error: unknown;
    readonly surfaces?: readonly Surface[];
    readonly jobs?: readonly NewJob[];
  },
): Promise<void> {
  const request = await services.store.requests.load(id);
  if (request === null) return;
  const supportId = services.newSupportId();
  const trouble = { ...troubleWords(cause.error, request.service?.name ?? ''), supportId };
  const { surfaces = [], jobs = [] } = cause;
  const step = postpone(request, { trouble, surfaces, jobs }, services.now());
  if (step === null) return;
  services.log.warn({ err: cause.error, request: id, supportId }, 'request kept for later');
  await commit(services, step);
}
