import { z } from 'zod';
import { type Access, type Claim, isLive, isOn, touch } from '../../access/access.js';
import { refusals } from '../../errors.js';
import type { ServiceRef } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { PeopleField, ServiceField } from '../ask-fields.js';
import { beginOnAccesses } from '../begin-on-accesses.js';
import { defineChange, type RequestOf } from '../change.js';
import { followTouches } from '../follow-touches.js';
import { listOf, textOf } from '../form.js';
import { halfFilled } from '../from-words.js';
import { checkService, knownService } from '../known-service.js';
import { accessesOfPerson, mustHaveService, subjectOn } from '../on-access.js';
import { PASSWORD_WARNING } from '../warnings.js';
import { restoreWords } from './words.js';

const RestoreAsk = z.object({
  service: ServiceField,
  people: PeopleField,
});
/** What others are known to have taken away, by person. */
const RestoreBody = z.object({
  lost: z.array(
    z.object({ slack: z.string(), onezone: z.string(), privileges: z.array(z.string()) }),
  ),
});
export type RestoreRequest = RequestOf<z.infer<typeof RestoreAsk>, z.infer<typeof RestoreBody>>;

/** Give again what somebody took away in Onezone from access that the desk gave and that has not ended. */
export const restore = defineChange({
  name: 'restore',
  action: 'grant',
  door: {
    words: ['restore'],
    usage: 'restore @person … [SERVICE]',
    summary: 'Give again what was taken away in Onezone by hand.',
    spoken: { plainly: ['restore', 'give again', 'give … again'] },
    offers: {},
  },
  ask: RestoreAsk,
  body: RestoreBody,
  reason: {
    hint: 'The approvers see this.',
    placeholder: 'Why should they have it again?',
    optional: false,
  },
  form: {
    title: 'Restore access',
    submit: 'Send',
    fields: () =>
      Promise.resolve([
        { kind: 'service', key: 'service', label: 'Handle service' },
        { kind: 'people', key: 'people', label: 'Who gets it back', max: 50 },
      ]),
    notes: () => [PASSWORD_WARNING],
    toAsk: (values) => ({ service: textOf(values['service']), people: listOf(values['people']) }),
    fromWords: (services, typed, by) =>
      halfFilled(services, typed, { by: by.id, holds: { people: true, reason: true } }),
  },
  lane: null,
  check: (services, ask) => checkService(services, ask.service),
  propose: async (services, ask) => {
    const service = await knownService(services, ask.service);
    return { service, ...(await lostOf(services, service, ask.people)) };
  },
  asked: ({ body }) => ({ lost: body.lost }),
  preview: async (services, request) => {
    const people = request.subjects.map(({ slack }) => slack);
    const { body } = await lostOf(services, mustHaveService(request), people);
    await services.onezone.connect();
    return { ...request, body };
  },
  effect: ({ service, body }) => [service?.id, body.lost],
  carryOut: (services, request) =>
    request.status === 'approved' ? begin(services, request) : followTouches(services, request),
  words: restoreWords,
});

const begin = (services: Services, request: RestoreRequest): Promise<void> =>
  beginOnAccesses(services, request, {
    has: ({ claims }, now) => claims.some((claim) => isGiven(claim, now)),
    move: (access, now) => restored(access, request.id, now),
    otherwise: NOTHING_GIVEN,
  });

const NOTHING_GIVEN = {
  kind: 'failed',
  why: 'This access has ended by now.',
  next: 'Type `/handle show` to see who has what.',
} as const;

/** The desk may not have looked since somebody took it away: whatever it gave can be restored. */
const isGiven = (claim: Claim, now: Date): boolean => isLive(claim, now) && isOn(claim);

function restored(access: Access, by: string, now: Date): Access {
  return {
    ...access,
    version: access.version + 1,
    claims: access.claims.map((claim) =>
      isGiven(claim, now) ? touch({ ...claim, lost: [] }, by, true) : claim,
    ),
  };
}

async function lostOf(services: Services, service: ServiceRef, people: readonly string[]) {
  const now = services.now();
  const found = await Promise.all(
    [...new Set(people)].map(async (slack) => {
      const accesses = await accessesOfPerson(services, slack, service.id);
      return accesses
        .filter((access) => access.claims.some((claim) => isGiven(claim, now)))
        .map((access) => ({ slack, access }));
    }),
  );
  const all = found.flat();
  if (all.length === 0) throw refusals.nothingToRestore(service.name);
  return {
    subjects: await Promise.all(all.map(({ slack, access }) => subjectOn(services, slack, access))),
    body: {
      lost: all.map(({ slack, access }) => ({
        slack,
        onezone: access.onezone,
        privileges: [...new Set(access.claims.flatMap((claim) => claim.lost))],
      })),
    },
  };
}
