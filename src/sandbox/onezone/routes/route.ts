import { type Rule } from '../rules.js';
import { type Reply, type Visit } from '../visit.js';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the REST prefix; `{hs}`, `{user}`, `{group}`, `{handle}`, `{token}` name what is in the segment. */
  readonly path: string;
  /**
   * What it does, as api caveats see it: `verb type.id.aspect:scope`. The entity it names must exist before anything else
   * is asked; `{self}` is the actor.
   */
  readonly operation: string;
  /** Any one is enough. */
  readonly allow: readonly Rule[];
  /** First version that has the route; all have it when left out. */
  readonly since?: string;
  /** Whether the sub-resource is there: asked before authorization, 404 if not. Never for a creation. */
  readonly exists?: (visit: Visit) => boolean;
  /** Validates, then acts. */
  readonly run: (visit: Visit) => Reply;
}
