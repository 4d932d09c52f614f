import { outcomeOfTouched } from '../access/outcome.js';
import { notify } from '../requests/jobs.js';
import type { Request, Subject } from '../requests/request.js';
import type { NewJob } from '../requests/step.js';
import type { Services } from '../services.js';
import { followAccesses } from './follow.js';

/** Follows a request that moved or restored claims; whoever did not ask for it themselves is told. */
export function followTouches(services: Services, request: Request): Promise<void> {
  return followAccesses(services, request, {
    outcomeNow: ({ outcome }, access) =>
      access === null || outcome.kind !== 'waiting' ? null : outcomeOfTouched(access, request.id),
    messages: {
      each: (subject) => welcome(services, request, subject),
      announce: () => [],
      over: () => [],
    },
  });
}

function welcome(
  { now }: Services,
  request: Request,
  { slack, outcome }: Subject,
): readonly NewJob[] {
  if (outcome.kind !== 'done' || slack === request.requester) return [];
  return [notify(request, { message: 'welcome', to: slack, person: slack }, now())];
}
