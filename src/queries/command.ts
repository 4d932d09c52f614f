import type { Change } from '../changes/change.js';
import { code, type Markup, mrkdwn } from '../markup/markup.js';
import type { Actor } from '../requests/person.js';
import type { Action } from '../requests/policy.js';
import type { Services } from '../services.js';
import { mayAsk } from './standing.js';

/** What can be typed after `/handle`. */
export interface Command {
  readonly usage: string;
  readonly summary: string;
  /** The action of the policy that one must be allowed; null: open to every member. */
  readonly needs: Action | null;
}

/** All of them. Asked for and not held: help and whoami stand in the table that they tell of. */
export type Commands = (changes: readonly Change[]) => readonly Command[];

/** What this person can type, and nothing that they would be refused. */
export function commandsFor(
  services: Services,
  actor: Actor,
  commands: Commands,
): readonly Command[] {
  if (actor.standing !== 'member') return [];
  return commands(services.changes.all).filter(({ needs }) => mayAsk(services, actor, needs));
}

export const commandLine = ({ usage, summary }: Pick<Command, 'usage' | 'summary'>): Markup =>
  mrkdwn`${code(`/handle ${usage}`)} ${summary}`;
