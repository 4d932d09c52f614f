import type { KnownBlock } from '@slack/types';
import type { Request } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { reviewButton } from '../messages/approval-buttons.js';
import { plural } from '../messages/request-words.js';
import { context, section } from '../render/blocks.js';
import { bold, lines, type Markup, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import type { RequestsFound } from '../../../queries/data.js';
import { myButton, requestLine, requestSpoken } from './request-line.js';

const MOST = 12;

/** Waiting for me first: that is what somebody else is waiting for. */
export function requestsAnswer(found: RequestsFound): Message {
  const { mine, waiting } = found;
  return message(
    lines([
      ...spoken(mrkdwn`Waiting for you`, waiting),
      ...spoken(mrkdwn`Asked by you`, mine),
      ...(mine.length + waiting.length === 0
        ? []
        : [mrkdwn`Decide or withdraw with the buttons of this answer.`]),
    ]),
    [
      ...part('Waiting for you', waiting, (it) => section(requestLine(it), reviewButton(it))),
      ...part('Asked by you', mine, (it) => section(requestLine(it), myButton(it))),
    ],
  );
}

function part(
  title: string,
  requests: readonly Request[],
  draw: (request: Request) => KnownBlock,
): readonly KnownBlock[] {
  if (requests.length === 0) return [section(mrkdwn`${bold(title)}\nNothing.`)];
  const more = requests.length - MOST;
  return [
    section(bold(title)),
    ...requests.slice(0, MOST).map(draw),
    ...(more > 0 ? [context(mrkdwn`and ${plural(more, 'older one')}`)] : []),
  ];
}

function spoken(title: Markup, requests: readonly Request[]): readonly Markup[] {
  if (requests.length === 0) return [mrkdwn`${title}: nothing.`];
  return [mrkdwn`${title}:`, ...requests.slice(0, MOST).map(requestSpoken)];
}
