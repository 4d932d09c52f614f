import { z } from 'zod';
import { commit } from '../../commit.js';
import { refusals } from '../../errors.js';
import { nameOf } from '../../people/directory-user.js';
import { settle, start } from '../../requests/by-jobs.js';
import { notify } from '../../requests/jobs.js';
import type { Outcome } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { defineChange, type RequestOf } from '../change.js';
import { textOf } from '../form.js';
import { unlinkWords } from './words.js';

const UnlinkAsk = z.object({ slack: z.string().min(1, 'Choose a person.') });
const UnlinkBody = z.object({});
export type UnlinkRequest = RequestOf<z.infer<typeof UnlinkAsk>, z.infer<typeof UnlinkBody>>;

/** Forget which Onezone user somebody else is. What was given by the link stays until its end. */
export const unlink = defineChange({
  name: 'unlink',
  action: 'link',
  door: {
    words: ['unlink'],
    usage: 'unlink @person',
    summary: 'Forget which Onezone user a person is.',
    offers: {},
  },
  ask: UnlinkAsk,
  body: UnlinkBody,
  reason: {
    hint: 'Whoever has to agree sees this.',
    placeholder: 'What is wrong with the link?',
    optional: true,
  },
  form: {
    title: 'Unlink a person',
    submit: 'Unlink',
    fields: () => Promise.resolve([{ kind: 'person', key: 'slack', label: 'Person in Slack' }]),
    notes: () => ['Access that was given stays until its end.'],
    toAsk: (values) => ({ slack: textOf(values['slack']) }),
    fromWords: (_, { people: [slack] }, by) => {
      if (slack === by.id) throw refusals.ownLink();
      return Promise.resolve({ values: slack === undefined ? {} : { slack } });
    },
  },
  lane: null,
  check: async ({ store }, { slack }, by) => {
    if (slack === by.id) return refusals.ownLink().fields;
    const known = await store.links.ofSlack(slack);
    return known === null ? refusals.nothingToUnlink(`<@${slack}>`).fields : {};
  },
  propose: async ({ people, store }, { slack }, by) => {
    const prepared = await people.prepareUnlink({ slack, by: by.id, how: 'by hand' });
    if (prepared === null) throw refusals.nothingToUnlink(`<@${slack}>`);
    const { onezone } = prepared.unlink;
    const known = await store.directory.get(onezone);
    const user = known ?? { id: onezone, fullName: '', username: null };
    const identity = {
      onezone,
      name: nameOf(user),
      username: user.username,
      by: 'linked',
    } as const;
    return {
      service: null,
      subjects: [{ slack, identity, outcome: { kind: 'waiting' } }],
      body: {},
    };
  },
  asked: ({ ask, subjects: [subject] }) => ({
    slack: ask.slack,
    onezone: subject?.identity?.onezone ?? null,
  }),
  preview: async (services, request) => {
    if (!(await holds(services, request))) throw refusals.linkMoved(`<@${request.ask.slack}>`);
    return request;
  },
  effect: ({ ask, subjects: [subject] }) => [ask.slack, subject?.identity?.onezone ?? null],
  carryOut: async (services, request) => {
    if (request.status === 'approved') return readBack(services, await begin(services, request));
    if (request.status === 'carrying out') return readBack(services, request);
  },
  words: unlinkWords,
});

/** Whether it is still the link that was asked about. */
async function holds({ store }: Services, { ask, subjects }: UnlinkRequest): Promise<boolean> {
  const link = await store.links.ofSlack(ask.slack);
  return link !== null && link.onezone === subjects[0]?.identity?.onezone;
}

async function begin(services: Services, request: UnlinkRequest): Promise<UnlinkRequest> {
  const { slack } = request.ask;
  if (!(await holds(services, request))) throw refusals.linkMoved(`<@${slack}>`);
  const wanted = { slack, by: request.requester, how: 'by hand' } as const;
  const prepared = await services.people.prepareUnlink(wanted);
  if (prepared === null) throw refusals.linkMoved(`<@${slack}>`);
  const { unlink: gone, entry } = prepared;
  const step = start(request, {}, { now: services.now() });
  const writes = { unlinks: [gone], entries: [{ ...entry, request: request.id }] };
  await commit(services, step, writes);
  return step.request;
}

async function readBack(services: Services, request: UnlinkRequest): Promise<void> {
  const { slack } = request.ask;
  const now = services.now();
  const outcome: Outcome = (await holds(services, request))
    ? STILL_THERE
    : { kind: 'done', at: now, has: null };
  const subjects = request.subjects.map((subject) => ({ ...subject, outcome }));
  const told = notify(request, { message: 'welcome', to: slack, person: slack }, now);
  const jobs = outcome.kind === 'done' ? [told] : [];
  const supportId = services.newSupportId();
  await commit(services, settle(request, { subjects }, { now, supportId, jobs }));
}

const STILL_THERE = {
  kind: 'failed',
  why: 'The link was made again by somebody else right after it was taken away.',
  next: 'Ask again if it is still wrong.',
} as const;
