import type { TypedWords } from '../changes/form.js';
import type { Document } from '../markup/parts.js';
import type { Actor } from '../requests/person.js';
import type { Action } from '../requests/policy.js';
import type { Services } from '../services.js';
import type { Phrases } from '../words/intent.js';

interface QueryHead {
  /** As typed after `/handle`. */
  readonly word: string;
  readonly usage: string;
  readonly summary: string;
  /** How it is asked for in a sentence. Absent: by `word`. */
  readonly spoken?: Phrases;
  /** It is about one service, which is named in the text. */
  readonly aboutService?: boolean;
  /** The action of the policy that one must be allowed; null: open to every member. */
  readonly needs: Action | null;
  /** Onezone may take longer than Slack waits for an answer: the command is acknowledged before. */
  readonly asksOnezone: boolean;
}

interface QuerySpec<Data> extends QueryHead {
  /** Whether this person may ask was settled before. Throws refusals. */
  readonly run: (services: Services, actor: Actor, typed: TypedWords) => Promise<Data>;
  readonly answer: (data: Data) => Document;
}

/** A query as everybody else sees it. It changes nothing. */
export interface Query extends QueryHead {
  readonly ask: (services: Services, actor: Actor, typed: TypedWords) => Promise<Document>;
}

/** Closes over the type of what was found out, so that the table holds queries of every kind without a cast. */
export function defineQuery<Data>({ run, answer, ...head }: QuerySpec<Data>): Query {
  return {
    ...head,
    ask: async (services, actor, typed) => answer(await run(services, actor, typed)),
  };
}
