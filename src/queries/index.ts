import type { Change } from '../changes/change.js';
import type { Command } from './command.js';
import { deskCommands } from './desk-commands.js';
import { doctor } from './doctor.js';
import { createHelp } from './help.js';
import { mine } from './mine.js';
import type { Query } from './query.js';
import { requests } from './requests.js';
import { services } from './services.js';
import { show } from './show.js';
import { createWhoami } from './whoami.js';

const help = createHelp(commandsOf);
const others: readonly Query[] = [requests, mine, services, show, createWhoami(commandsOf), doctor];

/** What can be asked with `/handle`, in the order in which help shows it. */
export const queries = {
  all: [...others, help],
  find: (word: string): Query | null => queries.all.find((query) => query.word === word) ?? null,
} as const;

/** Everything that can be typed after `/handle`. Help and the README's table are printed from this. */
export function commandsOf(changes: readonly Change[]): readonly Command[] {
  const doors = changes.map(({ action, door: { usage, summary } }) => ({
    usage,
    summary,
    needs: action,
  }));
  return [...doors, ...others, ...deskCommands, help];
}
