import { refusals } from '../../errors.js';
import { nameOf } from '../../people/directory-user.js';
import type { Identity } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { defineChange } from '../change.js';
import { type LinkAsk, LinkAsk as LinkAskSchema, LinkBody } from './ask.js';
import { carryOutLink } from './carry-out.js';
import { linkForm } from './form.js';
import { whySecond, whySecondIfKnown } from './second.js';
import { linkWords } from './words.js';

/** Say which Onezone user somebody else is. Never oneself: that takes a proof. */
export const link = defineChange({
  name: 'link',
  action: 'link',
  door: {
    words: ['link'],
    usage: 'link @person [NAME]',
    summary: 'Say which Onezone user a person is.',
    offers: {},
  },
  ask: LinkAskSchema,
  body: LinkBody,
  reason: {
    hint: 'Whoever has to agree sees this.',
    placeholder: 'How do you know that they belong together?',
    optional: true,
  },
  form: linkForm,
  lane: null,
  check: (_, { slack }, by) => Promise.resolve(slack === by.id ? refusals.ownLink().fields : {}),
  propose: async (services, ask, by) => {
    const { slack, onezone } = ask;
    await services.people.mustBeLinkable(slack);
    const wanted = { slack, onezone, by: by.id, how: 'by hand' } as const;
    if ((await services.people.prepareLink(wanted)) === null) {
      throw refusals.alreadyLinked(`<@${slack}>`);
    }
    const [before, identity, second] = await Promise.all([
      services.store.links.ofSlack(slack),
      identityOf(services, onezone),
      whySecondIfKnown(services, ask),
    ]);
    return {
      service: null,
      subjects: [{ slack, identity, outcome: { kind: 'waiting' } }],
      body: { before: before?.onezone ?? null, second },
      second,
    };
  },
  asked: ({ ask, body }) => ({ slack: ask.slack, onezone: ask.onezone, before: body.before }),
  preview: async (services, request) => {
    const { slack, onezone } = request.ask;
    await services.people.mustBeLinkable(slack);
    const wanted = { slack, onezone, by: request.requester, how: 'by hand' } as const;
    if ((await services.people.prepareLink(wanted)) === null) {
      throw refusals.alreadyLinked(`<@${slack}>`);
    }
    const before = await services.store.links.ofSlack(slack);
    const second = await whySecond(services, request.ask);
    const identity = await identityOf(services, onezone);
    return {
      ...request,
      subjects: request.subjects.map((subject) => ({ ...subject, identity })),
      body: { before: before?.onezone ?? null, second },
    };
  },
  effect: ({ ask, body }) => [ask.slack, ask.onezone, body.before, body.second],
  carryOut: carryOutLink,
  words: linkWords,
});

/** `linked` is what it will be. */
async function identityOf(
  { store }: Pick<Services, 'store'>,
  onezone: LinkAsk['onezone'],
): Promise<Identity> {
  const known = await store.directory.get(onezone);
  const user = known ?? { id: onezone, fullName: '', username: null };
  return { onezone, name: nameOf(user), username: user.username, by: 'linked' };
}
