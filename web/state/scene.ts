import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Acted, Directory } from '../../src/sandbox/page/shown.js';
import type { Act } from '../../src/sandbox/page/wishes.js';

type Without<T> = T extends { readonly as: string } ? Omit<T, 'as'> : never;
/** What a person does, without who it is. */
type Doing = Without<Act>;

/** Whose screen this is, and who else is there. */
export interface Scene {
  readonly as: string;
  readonly directory: Directory;
  /** Does it as this person; trouble is shown to them unless `quiet`. */
  readonly act: (doing: Doing, how?: { readonly quiet: boolean }) => Promise<Acted>;
}

export const SceneContext = createContext<Scene | null>(null);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (scene === null) throw new Error('outside of the scene');
  return scene;
}

/** What is written after an @: names of people who are known, else the id. */
export function userName({ users, bot }: Directory, id: string): string {
  if (id === 'USLACKBOT') return 'Slackbot';
  if (id === bot.user) return bot.name;
  return users.find((it) => it.id === id)?.name ?? id;
}
