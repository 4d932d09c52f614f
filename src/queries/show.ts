import { addressWords } from '../changes/address-words.js';
import type { Change } from '../changes/change.js';
import { bold, code, lines, type Markup, mrkdwn } from '../markup/markup.js';
import { context, type Document, fields, message, section } from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import { serviceNamed } from '../zone/service-named.js';
import { accessTo, byService, type Held, standingLine } from './access.js';
import { offered, row, serviceButtons } from './doors.js';
import { endpointOf } from './endpoint.js';
import { type Member, memberParts, membersOf } from './members.js';
import { defineQuery } from './query.js';
import type { ServiceLine } from './service-line.js';
import { servicesAnswer, servicesPage } from './services.js';

export interface ServiceShown extends ServiceLine {
  /** Null where Onezone could not be asked. */
  readonly proxyEndpoint: string | null;
  readonly mine: readonly Held[];
  /** People with access through the desk, which is not everybody Onezone lets in. */
  readonly members: readonly Member[];
  /** What this person may ask for: about the service, and about those who have access. */
  readonly offered: { readonly service: readonly Change[]; readonly member: readonly Change[] };
}

export const show = defineQuery({
  word: 'show',
  usage: 'show NAME',
  summary: 'One handle service and who has access to it.',
  spoken: {
    plainly: [
      'who has',
      'who … has',
      'who can use',
      'who may use',
      'who uses',
      'show',
      'members of',
    ],
  },
  aboutService: true,
  needs: null,
  asksOnezone: true,
  run: async (services, actor, { rest }) =>
    rest === ''
      ? { page: await servicesPage(services, { text: '', offset: 0 }) }
      : { shown: await showService(services, actor, rest) },
  // Each service of the page can be shown by its button.
  answer: (data) => ('page' in data ? servicesAnswer(data.page) : showAnswer(data.shown)),
});

/** What the button *Show* answers. */
export const answerShow = async (
  services: Services,
  actor: Actor,
  service: string,
): Promise<Document> => showAnswer(await showService(services, actor, service));

async function showService(services: Services, actor: Actor, text: string): Promise<ServiceShown> {
  const known = await serviceNamed(services, text);
  const { id, name, registrar, prefix } = known;
  const [held, proxyEndpoint] = await Promise.all([
    accessTo(services, id),
    endpointOf(services, known),
  ]);
  const mine = held.filter(({ claim }) => claim.slack === actor.id);
  const members = await membersOf(services, held);
  const may = (at: 'service' | 'member'): readonly Change[] =>
    offered(services, actor, { at, service: { id, name } });
  const about = { service: may('service'), member: may('member') };
  return { id, name, registrar, prefix, proxyEndpoint, mine, members, offered: about };
}

/** One service. Never a credential, although Onezone would tell it. */
export function showAnswer(service: ServiceShown): Document {
  const facts = factsOf(service);
  const mine =
    service.mine.length === 0
      ? mrkdwn`You have no access through this desk.`
      : lines(byService(service.mine).map(standingLine));
  const others = mrkdwn`Only people let in through this desk are listed; Onezone may know more members.`;
  return message(mrkdwn`Handle service ${bold(service.name)}`, [
    section(bold(service.name)),
    fields(facts),
    section(mrkdwn`${bold('You')}\n${mine}`),
    ...memberParts(service.members, service.offered.member),
    context(others),
    ...row(serviceButtons(service.offered.service, service)),
  ]);
}

function factsOf(service: ServiceShown): readonly (readonly [string, Markup])[] {
  return [
    ['Id', code(service.id)],
    ['Registrar type', known(service.registrar)],
    ['Prefix', known(service.prefix)],
    ['Proxy endpoint', known(service.proxyEndpoint, addressWords)],
  ];
}

const known = (value: string | null, words: (value: string) => Markup = code): Markup =>
  value === null || value === '' ? mrkdwn`not known` : words(value);
