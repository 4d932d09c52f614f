import { z } from 'zod';
import { defineChange, type RequestOf } from '../../src/changes/change.js';
import { listOf, textOf } from '../../src/changes/form.js';
import { halfFilled } from '../../src/changes/from-words.js';
import { identifyAll } from '../../src/changes/identified.js';
import { checkService, knownService } from '../../src/changes/known-service.js';
import { mustHaveService } from '../../src/changes/on-access.js';
import { serviceWords } from '../../src/changes/words.js';
import { commit } from '../../src/commit.js';
import { mention, mrkdwn } from '../../src/markup/markup.js';
import { message, section } from '../../src/markup/parts.js';
import { settle, start } from '../../src/requests/by-jobs.js';
import { notify } from '../../src/requests/jobs.js';
import type { Services } from '../../src/services.js';

const InspectAsk = z.object({
  service: z.string().min(1, 'Choose a service.'),
  people: z.array(z.string()).min(1, 'Choose at least one person.').max(50),
  how: z.enum(['quickly', 'with care']),
  note: z.string().max(20, 'Use at most 20 characters.'),
});
const InspectBody = z.object({ proxyEndpoint: z.string().nullable() });
type InspectRequest = RequestOf<z.infer<typeof InspectAsk>, z.infer<typeof InspectBody>>;

/** A change that nothing in the program knows of: somebody has a service looked at on behalf of people. */
export const inspect = defineChange({
  name: 'inspect',
  action: 'update',
  door: {
    words: ['inspect'],
    usage: 'inspect [@person …] [SERVICE]',
    summary: 'Have a handle service looked at.',
    command: '/handle-inspect',
    shortcut: 'inspect_service',
    offers: {
      home: { text: 'Inspect a service', says: () => 'Have a handle service looked at' },
      service: { text: 'Inspect', says: (name) => `Have ${name} looked at` },
      access: {
        text: 'Inspect it',
        says: (name) => `Have ${name} looked at`,
        values: ({ service }) => ({ service: { value: service.id, text: service.name } }),
      },
    },
  },
  ask: InspectAsk,
  body: InspectBody,
  reason: { hint: 'The approvers see this.', placeholder: 'What is wrong?', optional: false },
  form: {
    title: 'Inspect a service',
    submit: 'Send',
    fields: () =>
      Promise.resolve([
        { kind: 'service', key: 'service', label: 'Handle service' },
        { kind: 'people', key: 'people', label: 'On behalf of', max: 50 },
        {
          kind: 'choice',
          as: 'radio',
          key: 'how',
          label: 'How',
          options: [
            { value: 'quickly', text: 'Quickly' },
            { value: 'with care', text: 'With care' },
          ],
        },
        { kind: 'line', key: 'note', label: 'Note', optional: true },
      ]),
    notes: () => ['Nothing is changed by looking.'],
    toAsk: (values) => ({
      service: textOf(values['service']),
      people: listOf(values['people']),
      how: textOf(values['how']),
      note: textOf(values['note']),
    }),
    fromWords: (services, typed, by) =>
      halfFilled(services, typed, { by: by.id, holds: { people: true } }),
  },
  lane: null,
  check: (services, ask) => checkService(services, ask.service),
  propose: async (services, ask) => ({
    service: await knownService(services, ask.service),
    subjects: await identifyAll(services, ask.people),
    body: { proxyEndpoint: null },
  }),
  asked: ({ ask }) => ({ how: ask.how }),
  preview: async (services, request) => {
    await services.onezone.connect();
    return request;
  },
  effect: ({ ask, service }) => [service?.id, ask.how],
  carryOut,
  words: {
    wish: (request) => mrkdwn`look at ${serviceWords(request)} ${request.ask.how}`,
    brief: (request) => [mrkdwn`How: ${request.ask.how}. Nothing is changed.`],
    effect: (request) => ({
      facts: [['How', mrkdwn`${request.ask.how}`]],
      lines: request.subjects.map(({ slack }) => mrkdwn`${mention(slack)} is told`),
    }),
    warnings: () => [mrkdwn`Looking takes a while.`],
    underWay: () => mrkdwn`Somebody is looking.`,
    after: (request) => mrkdwn`${serviceWords(request)} was looked at`,
    notable: () => [],
    result: ({ body }) => [mrkdwn`Its proxy is ${body.proxyEndpoint ?? 'not known'}.`],
    done: (request) => ({
      headline: mrkdwn`Looked at: ${serviceWords(request)}`,
      parts: [section(mrkdwn`It is fine.`)],
      buttons: [],
    }),
    toSubject: (request) => {
      const said = mrkdwn`${serviceWords(request)} was looked at for you.`;
      return message(said, [section(said)]);
    },
    announcement: (request) => {
      const said = mrkdwn`${serviceWords(request)} was looked at.`;
      return message(said, [section(said)]);
    },
    again: '/handle inspect',
  },
});

async function carryOut(services: Services, request: InspectRequest): Promise<void> {
  const now = services.now();
  if (request.status === 'approved') {
    const begun = start(request, {}, { now });
    await commit(services, begun);
    return look(services, begun.request);
  }
  if (request.status === 'carrying out') await look(services, request);
}

async function look(services: Services, request: InspectRequest): Promise<void> {
  const { proxyEndpoint } = await services.onezone.handleService(mustHaveService(request).id);
  const now = services.now();
  const subjects = request.subjects.map((subject) => ({
    ...subject,
    outcome: { kind: 'done' as const, at: now, has: null },
  }));
  const { grants } = services.policy.current().notify;
  await commit(
    services,
    settle(
      request,
      { subjects, body: { proxyEndpoint } },
      {
        now,
        supportId: services.newSupportId(),
        jobs: [
          ...subjects.map(({ slack }) =>
            notify(request, { message: 'welcome', to: slack, person: slack }, now),
          ),
          ...(grants === null
            ? []
            : [notify(request, { message: 'announcement', to: grants }, now)]),
        ],
      },
    ),
  );
}
