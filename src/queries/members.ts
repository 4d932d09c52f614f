import type { Change } from '../changes/change.js';
import { inParallel } from '../in-parallel.js';
import { bold, joined, type Markup, mention, mrkdwn } from '../markup/markup.js';
import { list, type Part, section } from '../markup/parts.js';
import { nameOf } from '../people/directory-user.js';
import type { SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { type Held, heldWords } from './access.js';
import { claimButtons } from './doors.js';

/** Somebody with access to a service through the desk. */
export interface Member {
  readonly slack: SlackUser;
  /** For screen readers, which make nothing of a mention on a button. */
  readonly name: string;
  readonly first: Held;
  /** What other requests gave them, ending later. */
  readonly more: readonly Held[];
}

const CALLS_AT_ONCE = 8;

/** Person by person, in the order in which their first access ends. */
export async function membersOf(
  { store }: Pick<Services, 'store'>,
  all: readonly Held[],
): Promise<readonly Member[]> {
  const people = [...new Set(all.map(({ claim }) => claim.slack))];
  const members = await inParallel(
    people,
    CALLS_AT_ONCE,
    async (slack): Promise<readonly Member[]> => {
      const [first, ...more] = all.filter(({ claim }) => claim.slack === slack);
      if (first === undefined) return [];
      const known = await store.directory.get(first.onezone);
      return [{ slack, name: known === null ? slack : nameOf(known), first, more }];
    },
  );
  return members.flat();
}

const MAX_MEMBERS = 30;

function memberLines(members: readonly Member[]): readonly Markup[] {
  if (members.length === 0) return [mrkdwn`Nobody through this desk.`];
  const rest = members.length - MAX_MEMBERS;
  return [
    ...members.slice(0, MAX_MEMBERS).map(memberLine),
    ...(rest > 0 ? [mrkdwn`and ${rest} more`] : []),
  ];
}

const memberLine = ({ slack, first, more }: Member): Markup =>
  mrkdwn`${mention(slack)}: ${joined([first, ...more].map(heldWords), '; ')}`;

/** Each in a row of its own needs room that a message has for so many. */
const MAX_BUTTONS = 15;
const TITLE = bold('People with access');

/** With a button each for those who may do something about it. */
export function memberParts(
  members: readonly Member[],
  changes: readonly Change[],
): readonly Part[] {
  const lines = memberLines(members);
  if (members.length === 0 || changes.length === 0) return [list(TITLE, lines)];
  const rows = members.slice(0, MAX_BUTTONS).map((member) => {
    const [button] = claimButtons(changes, 'member', { shown: member.first, about: member.name });
    return section(memberLine(member), button);
  });
  const others = lines.slice(MAX_BUTTONS);
  return [
    section(TITLE),
    ...rows,
    ...(others.length === 0 ? [] : [list(bold('Others with access'), others)]),
  ];
}
