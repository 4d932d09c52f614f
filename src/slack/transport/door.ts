import type { Dropped } from '../../connections.js';

/** What Slack's listener takes, and who is told of what it does not take. */
export interface Door {
  /** Connections at once. */
  readonly room: number;
  readonly dropped: (how: Dropped) => void;
  /** A request was turned away with this status. */
  readonly refused: (status: number) => void;
}

/** As a process of 1 024 open files would have it. */
export const openDoor: Door = {
  room: 900,
  dropped: () => undefined,
  refused: () => undefined,
};
