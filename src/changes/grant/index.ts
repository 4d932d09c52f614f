import { checkOffered } from '../../access/until.js';
import { refusals } from '../../errors.js';
import type { Services } from '../../services.js';
import { defineChange } from '../change.js';
import type { Problems } from '../form.js';
import { identifyAll } from '../identified.js';
import { checkService, knownService } from '../known-service.js';
import { GrantAsk, GrantBody } from './ask.js';
import { carryOutGrant } from './carry-out.js';
import { grantForm } from './form.js';
import { previewGrant } from './preview.js';
import { grantWords } from './words.js';

/** Let people use a handle service, for a while. */
export const grant = defineChange({
  name: 'grant',
  action: 'grant',
  door: {
    words: ['request', 'grant'],
    usage: 'request [@person …] [SERVICE]',
    summary: 'Ask for access to a handle service, for yourself or others.',
    spoken: {
      plainly: ['give', 'grant', 'request'],
      perhaps: [
        ...['need', 'want', 'would like', 'let', 'get', 'access'],
        ...['can i have', 'can have', 'can i use', 'may i have', 'may i use'],
      ],
    },
    command: '/handle-grant',
    shortcut: 'request_access',
    messageShortcut: 'grant_to_author',
    offers: {
      home: {
        text: 'Request access',
        says: () => 'Request access to a handle service',
        style: 'primary',
      },
      service: {
        text: 'Request access',
        says: (name) => `Request access to ${name}`,
      },
    },
  },
  ask: GrantAsk,
  body: GrantBody,
  reason: {
    hint: 'The approvers see this.',
    placeholder: 'What will they register, for which project?',
    optional: false,
  },
  form: grantForm,
  lane: null,
  check: async (services, ask) => ({
    ...(await checkService(services, ask.service)),
    ...notOffered(services, ask),
  }),
  propose: async (services, ask) => {
    // The policy may have changed since the form was taken.
    const problems = notOffered(services, ask);
    if (Object.keys(problems).length > 0) throw refusals.badForm(problems);
    return {
      service: await knownService(services, ask.service),
      subjects: await identifyAll(services, ask.people),
      body: { end: null, newcomers: [] },
    };
  },
  asked: ({ ask, subjects }) => ({
    level: ask.level,
    until: ask.until,
    identities: subjects.map(({ slack, identity }) => ({
      slack,
      onezone: identity?.onezone ?? null,
      by: identity?.by ?? null,
    })),
  }),
  preview: previewGrant,
  effect: ({ service, ask, subjects }) => [
    service?.id,
    service?.name,
    ask.level,
    ask.until,
    subjects.map(({ slack, identity, before }) => [
      slack,
      identity?.onezone ?? null,
      before === undefined ? 'unread' : before,
    ]),
  ],
  carryOut: carryOutGrant,
  words: grantWords,
});

function notOffered({ policy, now }: Services, { level, until: wanted }: GrantAsk): Problems {
  const { grants } = policy.current();
  const until = checkOffered(wanted, grants, now());
  return {
    ...(grants.levels.includes(level)
      ? {}
      : { level: `The policy offers only ${grants.levels.join(', ')}.` }),
    ...(until === null ? {} : { until }),
  };
}
