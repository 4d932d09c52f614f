import { plural } from '../changes/words.js';
import { actionIds, pageValue } from '../markup/actions.js';
import { bold, code, lines, type Markup, mrkdwn, sentence } from '../markup/markup.js';
import {
  actions,
  button,
  type Button,
  context,
  type Document,
  message,
  section,
} from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import { type Unread, unreadServices } from '../zone/unread-services.js';
import { defineQuery } from './query.js';
import { serviceLine, type ServiceLine, showButton } from './service-line.js';

/** More would not fit into one message. */
export const SERVICES_A_PAGE = 15;
const MAX_FOUND = 1000;

export interface ServicesPage {
  readonly services: readonly ServiceLine[];
  readonly total: number;
  /** Null: the zone's services have been read, so that “none” means none. */
  readonly unread: Unread | null;
  readonly offset: number;
  /** What was searched for; empty for all. */
  readonly text: string;
}

export const services = defineQuery({
  word: 'services',
  usage: 'services [TEXT]',
  summary: 'All handle services, or those whose name contains the text.',
  spoken: {
    plainly: ['which services', 'what services', 'list services', 'list … services', 'services'],
  },
  needs: null,
  asksOnezone: false,
  run: (all, _, { rest }) => servicesPage(all, { text: rest, offset: 0 }),
  answer: servicesAnswer,
});

/** What the button *Show more* answers. */
export const answerServicesPage = async (
  all: Services,
  _: Actor,
  page: { readonly offset: number; readonly text: string },
): Promise<Document> => servicesAnswer(await servicesPage(all, page));

export async function servicesPage(
  { store }: Pick<Services, 'store'>,
  { text, offset }: { readonly text: string; readonly offset: number },
): Promise<ServicesPage> {
  const found = await store.services.search(text, { limit: MAX_FOUND });
  const total = text === '' ? await store.services.count() : found.length;
  const unread = await unreadServices(store);
  const services = found.slice(offset, offset + SERVICES_A_PAGE).map((service) => ({
    ...service,
    isNamesake: found.filter(({ name }) => name === service.name).length > 1,
  }));
  return { services, total, offset, text, unread };
}

export function servicesAnswer(page: ServicesPage): Document {
  if (page.services.length === 0) return none(page);
  const end = page.offset + page.services.length;
  const range = mrkdwn`${page.offset + 1} to ${end} of ${page.total}`;
  const title = titleOf(page);
  return message(mrkdwn`${title}: ${range}`, [
    section(bold(title)),
    ...page.services.map((service) => section(serviceLine(service), showButton(service))),
    context(range),
    ...(end < page.total ? [actions(moreButton(end, page.text))] : []),
  ]);
}

const moreButton = (end: number, text: string): Button =>
  button({
    text: 'Show more',
    says: `Show more handle services after ${String(end)}`,
    action: actionIds.moreServices,
    value: pageValue({ offset: end, text }),
  });

/** Nothing is known of them, which is not to say that there are none. */
export const unreadWords = ({ why, next }: Unread): Markup =>
  lines([
    mrkdwn`The handle services could not be read yet.`,
    sentence(why, { people: true }),
    mrkdwn`Next: ${sentence(next, { people: true })}`,
  ]);

function titleOf({ total, text }: ServicesPage): Markup {
  const found = plural(total, 'handle service');
  return text === '' ? mrkdwn`${found}` : mrkdwn`${found} with “${text}” in the name`;
}

function none({ text, unread }: ServicesPage): Document {
  if (unread !== null) {
    const said = unreadWords(unread);
    return message(said, [section(said)]);
  }
  const words =
    text === ''
      ? mrkdwn`There is no handle service yet. Whoever may can register one with ${code('/handle register')}.`
      : mrkdwn`No handle service has “${text}” in its name. ${code('/handle services')} shows all.`;
  return message(words, [section(words)]);
}
