import type { AuditLine } from '../../store/store.js';
import type { OnezoneSandbox } from '../onezone/server.js';
import type { SlackSandbox } from '../slack/types.js';

/** What the page shows and acts on: both sandboxes and the real bot between them. */
export interface World {
  readonly slack: SlackSandbox;
  readonly zone: OnezoneSandbox;
  /** The parsed manifest.yml, source of commands and shortcuts. */
  readonly manifest: unknown;
  /** The people a visitor can act as, in display order. */
  readonly people: readonly WorldPerson[];
  /** Ids of the channels to list, in order, without direct messages. */
  readonly channels: readonly string[];
  /** A page of the bot's audit with `seq` above `after`, oldest first. */
  audit(after: number): Promise<readonly AuditLine[]>;
  /** Notifies of possible new lines; returns the unsubscribe function. */
  onAudit(listener: () => void): () => void;
  readonly bot: WorldBot;
}

export interface WorldPerson {
  /** Slack user id. */
  readonly id: string;
  readonly name: string;
  readonly role: 'administrator' | 'curator' | 'researcher' | 'guest';
  /** One line: what this person wants here. */
  readonly does: string;
}

interface WorldBot {
  status(): 'running' | 'stopped' | 'starting';
  /** Simulates a power cut, with SIGKILL if the bot is a process. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Notifies of changes of the status; returns the unsubscribe function. */
  on(listener: () => void): () => void;
}
