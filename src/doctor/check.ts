import type { Examined } from './examined.js';
import type { Finding } from './finding.js';

/** One thing to look at. What it throws is told as “could not be looked at”. */
export interface Check {
  /** Also the first part of its findings' names: the room it stands in on the screen. */
  readonly name: `${Area}.${string}`;
  readonly look: (examined: Examined) => Promise<readonly Finding[]>;
}

export const AREAS = ['slack', 'policy', 'onezone', 'store', 'work'] as const;
export type Area = (typeof AREAS)[number];
