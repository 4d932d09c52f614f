import type { Change } from '../changes/change.js';
import { bold, code, lines, mrkdwn } from '../markup/markup.js';
import { context, type Document, message, type Part, section } from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import { accessLine, accessOf, type Held } from './access.js';
import { claimButtons, offered, row } from './doors.js';
import { defineQuery } from './query.js';

/** Each is two blocks with two buttons: more would not fit into one message. */
const MAX_ROWS = 12;

/** One's own access, and what one can do with it. */
export interface OwnAccess extends Held {
  readonly changes: readonly Change[];
}

export const mine = defineQuery({
  word: 'mine',
  usage: 'mine',
  summary: 'Your access, and when it ends.',
  spoken: {
    plainly: ['what do i have', 'what … i have', 'do i have', 'what can i use', 'mine'],
    perhaps: ['my access'],
  },
  needs: null,
  asksOnezone: false,
  run: ownAccess,
  answer: mineAnswer,
});

export async function ownAccess(services: Services, actor: Actor): Promise<readonly OwnAccess[]> {
  const all = await accessOf(services, actor.id);
  return all.map((held) => {
    const { service } = held;
    return { ...held, changes: offered(services, actor, { at: 'access', service }) };
  });
}

export function mineAnswer(access: readonly OwnAccess[]): Document {
  if (access.length === 0) {
    const none = mrkdwn`You have no access through this desk. Ask for it with ${code('/handle request')}.`;
    return message(none, [section(none)]);
  }
  const shown = access.slice(0, MAX_ROWS);
  const more = access.length - shown.length;
  const rest = more === 0 ? [] : [mrkdwn`and ${more} more`];
  return message(lines([mrkdwn`Your access:`, ...shown.map(accessLine), ...rest]), [
    section(bold('Your access')),
    ...shown.flatMap(ownParts),
    ...rest.map((line) => context(line)),
  ]);
}

/** A text has room for one button only: these stand below it. */
export function ownParts(own: OwnAccess): readonly Part[] {
  const about = own.service.name;
  return [
    section(accessLine(own)),
    ...row(claimButtons(own.changes, 'access', { shown: own, about })),
  ];
}
