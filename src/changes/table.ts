import type { Request } from '../requests/request.js';
import type { Change } from './change.js';

/** The table of changes, as everybody asks it. */
export interface Changes {
  readonly all: readonly Change[];
  /** Throws for a request of a change that this version does not know. */
  readonly of: (request: Pick<Request, 'change' | 'id'>) => Change;
  readonly named: (name: string) => Change | null;
  /** By a word that is typed after `/handle`. */
  readonly byWord: (word: string) => Change | null;
}

/** Throws where two changes have the same name, word, command or shortcut. */
export function createChanges(all: readonly Change[]): Changes {
  const byName = index(all, ({ name }) => [name]);
  const byWord = index(all, ({ door }) => door.words);
  index(all, ({ door }) => (door.command === undefined ? [] : [door.command]));
  index(all, ({ door }) => (door.shortcut === undefined ? [] : [door.shortcut]));
  return {
    all,
    of: ({ change, id }) => {
      const known = byName.get(change);
      if (known === undefined)
        throw new Error(`${id} asks for “${change}”, which this version cannot do.`);
      return known;
    },
    named: (name) => byName.get(name) ?? null,
    byWord: (word) => byWord.get(word) ?? null,
  };
}

function index(
  all: readonly Change[],
  keysOf: (change: Change) => readonly string[],
): ReadonlyMap<string, Change> {
  const known = new Map<string, Change>();
  for (const change of all) {
    for (const key of keysOf(change)) {
      if (known.has(key)) throw new Error(`Two changes are called “${key}”.`);
      known.set(key, change);
    }
  }
  return known;
}
