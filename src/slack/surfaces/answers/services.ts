import type { Message } from '../render/message.js';
import { actionIds, pageValue } from '../../ids.js';
import { plural } from '../messages/request-words.js';
import { actions, context, section } from '../render/blocks.js';
import { button } from '../render/elements.js';
import { bold, code, lines, type Markup, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import type { ServicesPage } from '../../../queries/data.js';
import { serviceLine, showButton } from './service-line.js';

/** More would not fit into one message; ask the store for pages of this size. */
export const SERVICES_A_PAGE = 15;

export function servicesAnswer(page: ServicesPage): Message {
  const shown = page.services.slice(0, SERVICES_A_PAGE);
  if (shown.length === 0) return none(page);
  const end = page.offset + shown.length;
  const range = mrkdwn`${page.offset + 1} to ${end} of ${page.total}`;
  const more = button({
    text: 'Show more',
    says: `Show more handle services after ${end}`,
    action: actionIds.moreServices,
    value: pageValue({ offset: end, text: page.text }),
  });
  const title = titleOf(page);
  return message(lines([title, range, ...shown.map(serviceLine)]), [
    section(bold(title)),
    ...shown.map((it) => section(serviceLine(it), showButton(it))),
    context(range),
    ...(end < page.total ? [actions(more)] : []),
  ]);
}

function titleOf(page: ServicesPage): Markup {
  const found = plural(page.total, 'handle service');
  return page.text === '' ? mrkdwn`${found}` : mrkdwn`${found} with “${page.text}” in the name`;
}

function none(page: ServicesPage): Message {
  const words =
    page.text === ''
      ? mrkdwn`There is no handle service yet. Whoever may can register one with ${code('/handle register')}.`
      : mrkdwn`No handle service has “${page.text}” in its name. ${code('/handle services')} shows all.`;
  return message(words, [section(words)]);
}
