import { keyOf, touch } from '../../access/access.js';
import { reconcileJob } from '../../access/jobs.js';
import { checkOffered, endOf } from '../../access/until.js';
import { commit } from '../../commit.js';
import { refusals } from '../../errors.js';
import { start } from '../../requests/by-jobs.js';
import type { Services } from '../../services.js';
import { defineChange } from '../change.js';
import { followTouches } from '../follow-touches.js';
import { subjectOn } from '../on-access.js';
import { claimValue, ExtendAsk, ExtendBody, type ExtendRequest } from './ask.js';
import { claimNamed, type ExtendableClaim } from './claims.js';
import { extendForm } from './form.js';
import { extendWords } from './words.js';

/** Move the end of access that somebody has, with the agreement that the policy asks for. */
export const extend = defineChange({
  name: 'extend',
  action: 'extend',
  door: {
    words: ['extend'],
    usage: 'extend [SERVICE]',
    summary: 'Ask that access goes on beyond its end.',
    spoken: { plainly: ['extend', 'prolong', 'renew'], perhaps: ['longer', 'keep'] },
    offers: {
      access: {
        text: 'Extend…',
        says: (name) => `Extend the access to ${name}`,
        values: ({ claim }) =>
          claim.until === null || claim.lost.length > 0
            ? null
            : { access: claimValue(claim.request, claim.slack) },
      },
    },
  },
  ask: ExtendAsk,
  body: ExtendBody,
  reason: {
    hint: 'The approvers see this.',
    placeholder: 'What is still to be done?',
    optional: false,
  },
  form: extendForm,
  lane: null,
  check: async (services, ask) => {
    const until = notOffered(services, ask);
    if (until !== null) return { until };
    const named = await claimNamed(services, ask.access);
    if (named === null) return refusals.nothingToExtend().fields;
    return isLonger(services, ask, named) ? {} : refusals.notLonger().fields;
  },
  propose: async (services, ask) => {
    // The policy may have changed since the form was taken.
    const until = notOffered(services, ask);
    if (until !== null) throw refusals.badForm({ until });
    const { access, claim } = await mustBeExtendable(services, ask);
    return {
      service: access.service,
      subjects: [await subjectOn(services, claim.slack, access)],
      body: { level: claim.level, from: claim.until, end: null },
    };
  },
  asked: ({ ask, body }) => ({ access: ask.access, until: ask.until, from: body.from }),
  preview: async (services, request) => {
    const { claim } = await mustBeExtendable(services, request.ask);
    await services.onezone.connect();
    return { ...request, body: { ...request.body, from: claim.until } };
  },
  effect: ({ service, ask, body }) => [service?.id, ask.access, ask.until, body.from.toISOString()],
  carryOut: (services, request) =>
    request.status === 'approved' ? begin(services, request) : followTouches(services, request),
  words: extendWords,
});

const notOffered = ({ policy, now }: Services, { until }: ExtendAsk): string | null =>
  checkOffered(until, policy.current().grants, now());

/** Moves the end of the claim; what is given does not change, so there is no moment without it. */
async function begin(services: Services, request: ExtendRequest): Promise<void> {
  const now = services.now();
  const { access, claim } = await mustBeExtendable(services, request.ask);
  const end = endOf(request.ask.until, now);
  const moved = touch({ ...claim, until: end, warned: 0 }, request.id, false);
  const next = {
    ...access,
    version: access.version + 1,
    claims: access.claims.map((other) => (other === claim ? moved : other)),
  };
  await commit(
    services,
    start(
      request,
      { body: { ...request.body, from: claim.until, end } },
      {
        now,
        detail: { from: claim.until.toISOString(), end: end?.toISOString() ?? null },
        jobs: [reconcileJob(keyOf(access), now)],
      },
    ),
    { accesses: [next] },
  );
}

async function mustBeExtendable(services: Services, ask: ExtendAsk): Promise<ExtendableClaim> {
  const named = await claimNamed(services, ask.access);
  if (named === null) throw refusals.nothingToExtend();
  if (!isLonger(services, ask, named)) throw refusals.notLonger();
  return named;
}

function isLonger(services: Services, { until }: ExtendAsk, { claim }: ExtendableClaim): boolean {
  const end = endOf(until, services.now());
  return end === null || end > claim.until;
}
