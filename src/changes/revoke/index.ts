import { serviceValue } from '../../markup/open-button.js';
import { notify } from '../../requests/jobs.js';
import { defineChange } from '../change.js';
import { carryOutDrop } from '../drop.js';
import { listOf, textOf } from '../form.js';
import { halfFilled } from '../from-words.js';
import { checkService, knownService } from '../known-service.js';
import { mustHaveService } from '../on-access.js';
import { PASSWORD_WAS_READABLE } from '../warnings.js';
import { RevokeAsk, RevokeBody } from './ask.js';
import { accessToDrop } from './propose.js';
import { revokeWords } from './words.js';

/** Take away what the desk gave somebody, before its time. */
export const revoke = defineChange({
  name: 'revoke',
  action: 'revoke',
  door: {
    words: ['revoke'],
    usage: 'revoke @person … [SERVICE]',
    summary: 'Take away access that the desk gave, before its time.',
    spoken: { plainly: ['take', 'take away', 'take … away', 'revoke', 'remove'] },
    offers: {
      member: {
        text: 'Revoke…',
        says: (about) => `Revoke the access of ${about}; a reason is asked for`,
        style: 'danger',
        values: ({ service, claim }) => ({ ...serviceValue(service), people: [claim.slack] }),
      },
    },
  },
  ask: RevokeAsk,
  body: RevokeBody,
  reason: {
    hint: 'Whoever loses access reads this.',
    placeholder: 'Why does this access end now?',
    optional: false,
  },
  form: {
    title: 'Revoke access',
    submit: 'Revoke',
    fields: () =>
      Promise.resolve([
        { kind: 'service', key: 'service', label: 'Handle service' },
        {
          kind: 'people',
          key: 'people',
          label: 'Who loses access',
          hint: 'People whom the desk let in. What others gave in Onezone stays.',
          max: 50,
        },
      ]),
    notes: () => [PASSWORD_WAS_READABLE],
    toAsk: (values) => ({
      service: textOf(values['service']),
      people: listOf(values['people']),
    }),
    fromWords: (services, typed, by) =>
      halfFilled(services, typed, { by: by.id, holds: { people: true, reason: true } }),
  },
  lane: null,
  check: (services, ask) => checkService(services, ask.service),
  propose: async (services, ask) => {
    const service = await knownService(services, ask.service);
    return { service, ...(await accessToDrop(services, service, ask.people)) };
  },
  asked: ({ body }) => ({ claims: body.claims }),
  preview: async (services, request) => {
    const people = [...new Set(request.subjects.map(({ slack }) => slack))];
    const { body } = await accessToDrop(services, mustHaveService(request), people);
    // Nothing is read from the zone for it, but without it nothing could be carried out either.
    await services.onezone.connect();
    return { ...request, body };
  },
  effect: ({ service, body }) => [service?.id, body.claims],
  carryOut: (services, request) =>
    carryOutDrop(services, request, {
      each: ({ slack, outcome }) =>
        outcome.kind === 'done' && slack !== request.requester
          ? [notify(request, { message: 'welcome', to: slack, person: slack }, services.now())]
          : [],
      announce: () => [],
      over: () => [],
    }),
  words: revokeWords,
});
