import type { HomeView } from '@slack/types';
import { plural } from '../../changes/words.js';
import { code, day, type Markup, mrkdwn, sentence } from '../../markup/markup.js';
import { context, divider, header, type Part, section } from '../../markup/parts.js';
import { homeButtons, row, serviceButtons } from '../../queries/doors.js';
import type { Standing } from '../../queries/access.js';
import type { HomeShown, OfferedService } from '../../queries/home.js';
import { ownParts } from '../../queries/mine.js';
import { myButton, reviewButton } from '../../queries/request-buttons.js';
import { requestLine } from '../../queries/request-line.js';
import { serviceLine, showButton } from '../../queries/service-line.js';
import { unreadWords } from '../../queries/services.js';
import { home } from './render/whole.js';

const MAX_ROWS = 15;

/** The Home tab: everything a person has, waits for and can do, each with its button. */
export function homeView(data: HomeShown): HomeView {
  const title = header('Handle Desk');
  return data.refused === null
    ? home([title, ...row(homeButtons(data.doors)), ...rooms(data)])
    : home([title, section(sentence(data.refused))]);
}

/** What there is, and nothing of what there is not; what is not known is said. */
function rooms(data: HomeShown): readonly Part[] {
  const { changes, waiting, access, mine, services, servicesTotal, servicesUnread } = data;
  const all = [
    ...room('Waiting for you', waiting, {
      all: '/handle requests',
      draw: (request) => [
        section(requestLine(request, changes.of(request)), reviewButton(request)),
      ],
    }),
    ...room('Your access', access, { all: '/handle mine', draw: ownParts }),
    ...room('Your requests', mine, {
      all: '/handle requests',
      draw: (request) => [section(requestLine(request, changes.of(request)), myButton(request))],
    }),
    ...room('Handle services', services, {
      all: '/handle services',
      total: servicesTotal,
      draw: (service) => [drawService(service)],
    }),
    ...(servicesUnread === null || services.length > 0
      ? []
      : [divider(), header('Handle services'), section(unreadWords(servicesUnread))]),
  ];
  return all.length === 0 ? [divider(), section(NOTHING_YET)] : all;
}

const NOTHING_YET = mrkdwn`Nothing here yet. What you ask for, what you may use and what waits for you will be on this page.`;

function drawService(service: OfferedService): Part {
  const line = serviceLine(service);
  if (service.own !== null)
    return section(mrkdwn`${line}\n${haveIt(service.own)}`, showButton(service));
  const [first = showButton(service)] = serviceButtons(service.offered, service);
  return section(line, first);
}

function haveIt({ strongest, longest }: Standing): Markup {
  const { claim } = longest ?? strongest;
  return claim.until === null
    ? mrkdwn`You have it, with no end.`
    : mrkdwn`You have it until ${day(claim.until)}.`;
}

function room<Item>(
  title: string,
  all: readonly Item[],
  words: {
    /** The command that shows what does not fit here. */
    readonly all: string;
    readonly total?: number;
    readonly draw: (item: Item) => readonly Part[];
  },
): readonly Part[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, MAX_ROWS);
  const more = (words.total ?? all.length) - shown.length;
  return [
    divider(),
    header(title),
    ...shown.flatMap(words.draw),
    ...(more > 0 ? [context(mrkdwn`and ${plural(more, 'more', 'more')}: ${code(words.all)}`)] : []),
  ];
}
