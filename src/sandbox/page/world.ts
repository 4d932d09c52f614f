import type { AuditLine } from '../../store/store.js';
import type { OnezoneSandbox } from '../onezone/server.js';
import type { SlackSandbox } from '../slack/types.js';

/** What the page shows and acts on: a small Slack, a small Onezone and the real bot between them. */
export interface World {
  readonly slack: SlackSandbox;
  readonly zone: OnezoneSandbox;
  /** The parsed manifest.yml: commands with their hints, and shortcuts. */
  readonly manifest: unknown;
  /** Whom the reader of the page can be, in the order of the list. */
  readonly people: readonly WorldPerson[];
  /** Ids of the channels to list, in order. Direct messages with the bot are there by themselves. */
  readonly channels: readonly string[];
  /** The bot's audit with a `seq` above `after`, oldest first, read from its database; it may answer in pages. */
  audit(after: number): Promise<readonly AuditLine[]>;
  /** Tells that there may be new lines; returns the end of the subscription. */
  onAudit(listener: () => void): () => void;
  readonly bot: WorldBot;
}

export interface WorldPerson {
  /** Slack user id. */
  readonly id: string;
  readonly name: string;
  readonly role: 'administrator' | 'curator' | 'researcher' | 'guest';
  /** What this person wants here, in one line. */
  readonly does: string;
}

interface WorldBot {
  status(): 'running' | 'stopped' | 'starting';
  /** As a power cut would: SIGKILL, where the bot is a process of its own. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Tells every change of the status; returns the end of the subscription. */
  on(listener: () => void): () => void;
}
