import type { Logger } from 'pino';
import type { Changes } from './changes/table.js';
import type { Chat } from './chat.js';
import type { Config } from './config.js';
import type { Finding } from './doctor/finding.js';
import type { Onezone } from './onezone/onezone.js';
import type { People } from './people/people.js';
import type { AccountDeps } from './policy/accounts.js';
import type { PolicySource } from './policy/source.js';
import type { Store } from './store/store.js';

/** What everything shares. Built once by `bot.ts`; tests replace any of it. */
export interface Services {
  readonly config: Config;
  readonly store: Store;
  readonly onezone: Onezone;
  readonly chat: Chat;
  readonly people: People;
  readonly policy: PolicySource;
  /** What the desk can change. */
  readonly changes: Changes;
  /** Where `env:` and `file:` references of the policy are read. */
  readonly secrets: AccountDeps;
  /** Everything that has to be right, looked at now. Never throws. */
  readonly examine: () => Promise<readonly Finding[]>;
  readonly log: Logger;
  readonly now: () => Date;
  /** Short random id under which a fault is found in the log and in the audit. */
  readonly newSupportId: () => string;
  /** Something may be due: the worker looks now instead of at its next round. */
  readonly wake: () => void;
}
