import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Acted, Directory } from '../../src/sandbox/page/shown.js';
import type { Act } from '../../src/sandbox/page/api.js';

type Without<T> = T extends { readonly as: string } ? Omit<T, 'as'> : never;
/** An act without its person, who is known from the scene. */
type Doing = Without<Act>;

/** Who is using the page, for all components. */
export interface Scene {
  readonly as: string;
  readonly directory: Directory;
  /** Acts as this person. Shows them an error unless `quiet`. */
  readonly act: (doing: Doing, how?: { readonly quiet: boolean }) => Promise<Acted>;
}

export const SceneContext = createContext<Scene | null>(null);

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (scene === null) throw new Error('outside of the scene');
  return scene;
}

/** The display name, or the id of an unknown user. */
export function userName({ users, bot }: Directory, id: string): string {
  if (id === 'USLACKBOT') return 'Slackbot';
  if (id === bot.user) return bot.name;
  return users.find((user) => user.id === id)?.name ?? id;
}
