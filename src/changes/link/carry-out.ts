import { commit } from '../../commit.js';
import { refusals } from '../../errors.js';
import { settle, start } from '../../requests/by-jobs.js';
import { notify } from '../../requests/jobs.js';
import type { Outcome } from '../../requests/request.js';
import type { Services } from '../../services.js';
import type { LinkRequest } from './ask.js';
import { whySecond } from './second.js';

/** Stores the link together with the beginning, reads it back, and tells the person. */
export async function carryOutLink(services: Services, request: LinkRequest): Promise<void> {
  if (request.status === 'approved') return readBack(services, await begin(services, request));
  if (request.status === 'carrying out') return readBack(services, request);
}

async function begin(services: Services, request: LinkRequest): Promise<LinkRequest> {
  const { slack, onezone } = request.ask;
  await services.people.mustBeLinkable(slack);
  const second = request.approval === null ? await whySecond(services, request.ask) : null;
  if (second !== null) throw refusals.linkNeedsSecond(second);
  const known = await services.store.links.ofSlack(slack);
  if (known?.onezone !== onezone && (known?.onezone ?? null) !== request.body.before) {
    throw refusals.linkMoved(`<@${slack}>`);
  }
  const by = request.requester;
  const prepared = await services.people.prepareLink({ slack, onezone, by, how: 'by hand' });
  const writes =
    prepared === null
      ? {}
      : { links: [prepared.link], entries: [{ ...prepared.entry, request: request.id }] };
  const step = start(request, {}, { now: services.now() });
  await commit(services, step, writes);
  return step.request;
}

async function readBack(services: Services, request: LinkRequest): Promise<void> {
  const { slack, onezone } = request.ask;
  const now = services.now();
  const seen = await services.store.links.ofSlack(slack);
  const isThere = seen?.onezone === onezone;
  const outcome: Outcome = isThere ? { kind: 'done', at: now, has: null } : MOVED;
  const subjects = request.subjects.map((subject) => ({ ...subject, outcome }));
  const told = isThere
    ? [notify(request, { message: 'linked', to: slack, person: slack }, now)]
    : [];
  const supportId = services.newSupportId();
  await commit(services, settle(request, { subjects }, { now, supportId, jobs: told }));
}

const MOVED = {
  kind: 'failed',
  why: 'The link was changed by somebody else right after it was made.',
  next: 'Look who they are by now, and ask again if it is wrong.',
} as const;
