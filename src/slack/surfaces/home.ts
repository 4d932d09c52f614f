import type { HomeView } from '@slack/types';
import { plural } from '../../changes/words.js';
import { code, type Markup, mrkdwn, sentence } from '../../markup/markup.js';
import { context, divider, header, type Part, section } from '../../markup/parts.js';
import { homeButtons, row, serviceButtons } from '../../queries/doors.js';
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

function rooms({
  changes,
  waiting,
  access,
  mine,
  services,
  servicesTotal,
  servicesUnread,
}: HomeShown): readonly Part[] {
  return [
    ...room('Waiting for you', waiting, {
      none: mrkdwn`Nobody waits for your decision.`,
      all: '/handle requests',
      draw: (request) => [
        section(requestLine(request, changes.of(request)), reviewButton(request)),
      ],
    }),
    ...room('Your access', access, {
      none: mrkdwn`You have no access through this desk yet.`,
      all: '/handle mine',
      draw: ownParts,
    }),
    ...room('Your requests', mine, {
      none: mrkdwn`You have asked for nothing.`,
      all: '/handle requests',
      draw: (request) => [section(requestLine(request, changes.of(request)), myButton(request))],
    }),
    ...room('Handle services', services, {
      none:
        servicesUnread === null
          ? mrkdwn`There is no handle service yet.`
          : unreadWords(servicesUnread),
      all: '/handle services',
      total: servicesTotal,
      draw: (service) => [drawService(service)],
    }),
  ];
}

function drawService(service: OfferedService): Part {
  const [first = showButton(service)] = serviceButtons(service.offered, service);
  return section(serviceLine(service), first);
}

function room<Item>(
  title: string,
  all: readonly Item[],
  words: {
    readonly none: Markup;
    /** The command that shows what does not fit here. */
    readonly all: string;
    readonly total?: number;
    readonly draw: (item: Item) => readonly Part[];
  },
): readonly Part[] {
  const shown = all.slice(0, MAX_ROWS);
  const more = (words.total ?? all.length) - shown.length;
  return [
    divider(),
    header(title),
    ...(shown.length === 0 ? [section(words.none)] : shown.flatMap(words.draw)),
    ...(more > 0 && shown.length > 0
      ? [context(mrkdwn`and ${plural(more, 'more', 'more')}: ${code(words.all)}`)]
      : []),
  ];
}
