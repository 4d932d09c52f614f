import type { Level } from '../requests/level.js';

/** What messages say besides the request itself. */
export interface Facts {
  readonly zone: {
    /** Where people open Onezone in the browser. */
    readonly url: string;
    readonly name: string | null;
  };
  /** What a level means in this zone, in Onezone's words. */
  readonly privileges: (level: Level) => readonly string[];
}
