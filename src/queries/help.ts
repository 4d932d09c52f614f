import { changes } from '../changes/index.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import type { HelpEntry } from './data.js';
import { questions } from './index.js';
import { mayAsk } from './standing.js';

/** What this person can type, and nothing that they would be refused. */
export function help(services: Services, actor: Actor): readonly HelpEntry[] {
  if (actor.standing !== 'member') return [];
  const asked = [changes.grant, changes.register].filter((_, index) =>
    mayAsk(services, actor, index === 0 ? 'grant' : 'register'),
  );
  const told = questions.filter((it) => it.needs === null || mayAsk(services, actor, it.needs));
  return [...asked, ...told].map(({ usage, summary }) => ({ usage, summary }));
}
