import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ShownValues } from '../../src/sandbox/page/shown.js';
import type { ActChoice, ActTarget } from '../../src/sandbox/page/api.js';

/** What contains the blocks: a message, the Home tab or a modal. */
export interface Surface {
  readonly on: ActTarget;
  readonly values: ShownValues;
  /** Sends a click or choice to the bot immediately. */
  readonly send: (block: string, action: string, value?: ActChoice) => Promise<void>;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('outside of any surface');
  return surface;
}
