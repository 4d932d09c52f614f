import { z } from 'zod';
import { refusals } from '../../errors.js';
import type { Actor } from '../../requests/person.js';
import type { Services } from '../../services.js';
import { defineChange, type RequestOf } from '../change.js';
import { carryOutDrop } from '../drop.js';
import { textOf } from '../form.js';
import { halfFilled } from '../from-words.js';
import { liveClaims, subjectOn } from '../on-access.js';
import { releaseWords } from './words.js';

const ReleaseAsk = z.object({ service: z.string().min(1, 'Choose what you no longer need.') });
const ReleaseBody = z.object({});
export type ReleaseRequest = RequestOf<z.infer<typeof ReleaseAsk>, z.infer<typeof ReleaseBody>>;

/** *I'm done*: people give back what they have themselves. Needs no rule and nobody's agreement. */
export const release = defineChange({
  name: 'release',
  action: null,
  door: {
    words: ['done', 'release'],
    usage: 'done [SERVICE]',
    summary: 'Give back access that you no longer need.',
    spoken: {
      plainly: [
        ...['give back', 'give … back', 'return', 'release', 'done'],
        ...['no longer need', "don't need", 'do not need'],
      ],
    },
    offers: {
      access: {
        text: 'I’m done',
        says: (name) => `I’m done: give back your access to ${name}`,
        values: ({ service }) => ({ service: service.id }),
      },
    },
  },
  ask: ReleaseAsk,
  body: ReleaseBody,
  reason: null,
  form: {
    title: 'Give access back',
    submit: 'Give back',
    fields: async (services, { by }) => {
      const own = await ownAccess(services, by);
      if (own.length === 0) throw refusals.nothingOfYours();
      return [
        {
          kind: 'choice',
          as: 'menu',
          key: 'service',
          label: 'What you no longer need',
          options: own.map(({ service }) => ({
            value: service.id,
            text: service.name,
            description: service.id,
          })),
        },
      ];
    },
    notes: () => ['Nobody has to agree. You can ask for it again whenever you need it.'],
    toAsk: (values) => ({ service: textOf(values['service']) }),
    fromWords: async (services, typed, by) => {
      const filled = await halfFilled(services, typed, { by: by.id, holds: {} });
      const { service, notice } = filled;
      const own = await ownAccess(services, by);
      if (service === null || own.some((access) => access.service.id === service.id)) return filled;
      const none = `You have no access to “${service.name}” through this desk.`;
      return { values: {}, notice: [none, notice].join(' ').trim() };
    },
  },
  lane: null,
  check: async (services, { service }, by) => {
    const own = await ownAccess(services, by);
    return own.some((access) => access.service.id === service)
      ? {}
      : { service: 'You have no access to this service through the desk any more.' };
  },
  propose: async (services, { service }, by) => {
    const own = await ownAccess(services, by);
    const accesses = own.filter((access) => access.service.id === service);
    const [first] = accesses;
    if (first === undefined) throw refusals.nothingOfYours();
    return {
      service: first.service,
      subjects: await Promise.all(accesses.map((access) => subjectOn(services, by.id, access))),
      body: {},
    };
  },
  asked: () => ({}),
  preview: (_, request) => Promise.resolve(request),
  effect: ({ service }) => [service?.id],
  carryOut: (services, request) =>
    carryOutDrop(services, request, { each: () => [], announce: () => [], over: () => [] }),
  words: releaseWords,
});

async function ownAccess(services: Services, { id }: Actor) {
  const now = services.now();
  const all = await services.store.accesses.ofPerson(id);
  return all.filter((access) => liveClaims(access, now).some((claim) => claim.slack === id));
}
