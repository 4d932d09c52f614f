import type { HomeView, KnownBlock } from '@slack/types';
import { accessWords } from './answers/access-words.js';
import type { HomeShown } from '../../queries/data.js';
import { myButton, requestLine } from './answers/request-line.js';
import { requestAccessButton, serviceLine, showButton } from './answers/service-line.js';
import { actionIds } from '../ids.js';
import { reviewButton } from './messages/approval-buttons.js';
import { plural } from './messages/request-words.js';
import { actions, context, divider, header, section } from './render/blocks.js';
import { button } from './render/elements.js';
import { code, type Markup, mrkdwn, sentence } from '../../markup/markup.js';
import { home } from './render/whole.js';

const MOST = 15;

/** The Home tab: everything a person has, waits for and can do, each with its button. */
export function homeView(data: HomeShown): HomeView {
  if (data.refused !== null) {
    return home([header('Handle Desk'), section(sentence(data.refused))]);
  }
  return home([
    ...doors(data),
    ...part('Waiting for you', data.waiting, {
      none: mrkdwn`Nobody waits for your decision.`,
      all: '/handle requests',
      draw: (it) => section(requestLine(it), reviewButton(it)),
    }),
    ...part('Your access', data.access, {
      none: mrkdwn`You have no access through this desk yet.`,
      all: '/handle mine',
      draw: (it) =>
        section(accessWords(it), showButton({ ...it.service, registrar: null, prefix: null })),
    }),
    ...part('Your requests', data.requests, {
      none: mrkdwn`You have asked for nothing.`,
      all: '/handle requests',
      draw: (it) => section(requestLine(it), myButton(it)),
    }),
    ...part('Handle services', data.services, {
      none: mrkdwn`There is no handle service yet.`,
      all: '/handle services',
      total: data.servicesTotal,
      draw: (it) =>
        section(serviceLine(it), data.mayAsk.grant ? requestAccessButton(it) : showButton(it)),
    }),
  ]);
}

function doors({ mayAsk }: HomeShown): readonly KnownBlock[] {
  const grant = button({
    text: 'Request access',
    says: 'Request access to a handle service',
    action: actionIds.openGrant,
    style: 'primary',
  });
  const register = button({
    text: 'Register a handle service',
    says: 'Register a new handle service in Onezone',
    action: actionIds.openRegister,
  });
  const open = [...(mayAsk.grant ? [grant] : []), ...(mayAsk.register ? [register] : [])];
  return [header('Handle Desk'), ...(open.length === 0 ? [] : [actions(...open)])];
}

function part<T>(
  title: string,
  all: readonly T[],
  words: {
    readonly none: Markup;
    /** The command that shows what does not fit here. */
    readonly all: string;
    readonly total?: number;
    readonly draw: (item: T) => KnownBlock;
  },
): readonly KnownBlock[] {
  const shown = all.slice(0, MOST);
  const more = (words.total ?? all.length) - shown.length;
  return [
    divider(),
    header(title),
    ...(shown.length === 0 ? [section(words.none)] : shown.map(words.draw)),
    ...(more > 0 && shown.length > 0
      ? [context(mrkdwn`and ${plural(more, 'more', 'more')}: ${code(words.all)}`)]
      : []),
  ];
}
