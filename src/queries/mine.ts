import type { Change } from '../changes/change.js';
import { plural } from '../changes/words.js';
import { bold, code, mrkdwn } from '../markup/markup.js';
import { context, type Document, message, type Part, section } from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import { accessOf, byService, type Standing, standingLine } from './access.js';
import { claimButtons, offered, row } from './doors.js';
import { defineQuery } from './query.js';

/** Each is two blocks with two buttons: more would not fit into one message. */
const MAX_ROWS = 12;

/** One's own access to a service, and what one can do with it. */
export interface OwnAccess extends Standing {
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
  const all = byService(await accessOf(services, actor.id));
  return all.map((standing) => {
    const { service } = standing.strongest;
    return { ...standing, changes: offered(services, actor, { at: 'access', service }) };
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
  return message(mrkdwn`Your access: ${plural(access.length, 'handle service')}`, [
    section(bold('Your access')),
    ...shown.flatMap(ownParts),
    ...rest.map((line) => context(line)),
  ]);
}

/** A text has room for one button only: these stand below it, and are about what lasts longest. */
export function ownParts(own: OwnAccess): readonly Part[] {
  const shown = own.longest ?? own.strongest;
  const about = shown.service.name;
  return [
    section(standingLine(own)),
    ...row(claimButtons(own.changes, 'access', { shown, about })),
  ];
}
