import type { KnownBlock } from '@slack/types';

/** What a message says: `text` is what notifications and screen readers get, `blocks` what is drawn. */
export interface Message {
  readonly text: string;
  /** Not `readonly`: the argument types of `@slack/web-api` would not take it. */
  readonly blocks: KnownBlock[];
}
