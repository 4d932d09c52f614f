import type { Changes } from '../changes/table.js';
import { plural } from '../changes/words.js';
import { bold, type Markup, mrkdwn } from '../markup/markup.js';
import { context, type Document, message, type Part, section } from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { Request } from '../requests/request.js';
import type { Services } from '../services.js';
import { defineQuery } from './query.js';
import { myButton, reviewButton } from './request-buttons.js';
import { requestLine } from './request-line.js';
import { waitingFor } from './standing.js';

/** More would not fit into one message. */
const MAX_ROWS = 12;
const MAX_ROWS_READ = 50;

export interface RequestsFound {
  readonly mine: readonly Request[];
  /** Those that this person may decide now. */
  readonly waiting: readonly Request[];
  readonly changes: Changes;
}

export const requests = defineQuery({
  word: 'requests',
  usage: 'requests',
  summary: 'Your requests, and those that wait for you.',
  spoken: { plainly: ['requests', 'my requests', 'what waits', 'waiting for me', 'pending'] },
  needs: null,
  asksOnezone: false,
  run: requestsOf,
  answer: requestsAnswer,
});

export async function requestsOf(services: Services, actor: Actor): Promise<RequestsFound> {
  const { changes, store } = services;
  const [mine, waiting] = await Promise.all([
    store.requests.find({ requester: actor.id, limit: MAX_ROWS_READ }),
    waitingFor(services, actor),
  ]);
  return { mine, waiting, changes };
}

/** Waiting for me first: that is what somebody else is waiting for. */
export function requestsAnswer({ mine, waiting, changes }: RequestsFound): Document {
  const line = (request: Request): Markup => requestLine(request, changes.of(request));
  return message(
    mrkdwn`${plural(waiting.length, 'request')} waiting for you, ${mine.length} asked by you`,
    [
      ...part('Waiting for you', waiting, (request) =>
        section(line(request), reviewButton(request)),
      ),
      ...part('Asked by you', mine, (request) => section(line(request), myButton(request))),
    ],
  );
}

function part(
  title: string,
  all: readonly Request[],
  draw: (request: Request) => Part,
): readonly Part[] {
  if (all.length === 0) return [section(mrkdwn`${bold(title)}\nNothing.`)];
  const more = all.length - MAX_ROWS;
  return [
    section(bold(title)),
    ...all.slice(0, MAX_ROWS).map(draw),
    ...(more > 0 ? [context(mrkdwn`and ${plural(more, 'older one')}`)] : []),
  ];
}
