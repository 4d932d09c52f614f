import { createBlockKitCheck, type BlockKitCheck } from './blockkit/check.js';
import type { AppManifest } from './manifest.js';
import type { SlackState } from './state.js';
import type { ApiCall, Delivery, SlackChange, SlackDeadlines } from './types.js';

/** What every part of the sandbox works on: the state, the clock, the counters and the news. */
export interface Workspace {
  readonly state: SlackState;
  readonly manifest: AppManifest;
  /** Null grants everything. */
  readonly scopes: readonly string[] | null;
  readonly strictRateLimit: boolean;
  readonly deadlines: SlackDeadlines;
  readonly blockKit: BlockKitCheck;
  readonly calls: ApiCall[];
  readonly deliveries: Delivery[];
  /** By channel, in milliseconds: for the limit of one message a second. */
  readonly lastPosts: Map<string, number>;
  dedupeClientMsgId: boolean;
  /** http://127.0.0.1:PORT, known once the server listens. */
  origin: string;
  now(): Date;
  /** A new id such as U00000A1; never the same twice in one state. */
  id(prefix: string): string;
  /** A message timestamp, unique in the sandbox. */
  ts(): string;
  tell(change: SlackChange): void;
  on(listener: (change: SlackChange) => void): () => void;
}

export interface WorkspaceOptions {
  readonly state: SlackState;
  readonly manifest: AppManifest;
  readonly scopes: readonly string[] | null;
  readonly strictRateLimit: boolean;
  readonly deadlines: SlackDeadlines;
  readonly now: () => Date;
}

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { state, now } = options;
  const listeners = new Set<(change: SlackChange) => void>();
  const next = () => (state.counter += 1);
  return {
    ...options,
    blockKit: createBlockKitCheck(),
    calls: [],
    deliveries: [],
    lastPosts: new Map(),
    dedupeClientMsgId: false,
    origin: '',
    id: (prefix) => prefix + next().toString(36).toUpperCase().padStart(8, '0'),
    ts: () =>
      `${Math.floor(now().getTime() / 1000)}.${String(next() % 1_000_000).padStart(6, '0')}`,
    tell(change) {
      for (const listener of [...listeners]) listener(change);
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
