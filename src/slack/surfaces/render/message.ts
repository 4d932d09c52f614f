import type { KnownBlock } from '@slack/types';

/** What a message says: `text` is what a notification shows, `blocks` all of it. */
export interface Message {
  readonly text: string;
  /** Not `readonly`: the argument types of `@slack/web-api` would not take it. */
  readonly blocks: KnownBlock[];
}
