import type { AuditLine } from '../../store/store.js';
import { EMPTY_CHAIN } from '../../store/audit-chain.js';
import { type AskedBook, createAskedBook } from './asked.js';
import { checkChain, type ChainCheck } from './check-chain.js';
import type { World } from './world.js';

/** The bot's audit as read so far, oldest first. */
export interface AuditTrail {
  readonly lines: readonly AuditLine[];
  /** What each request asked for. */
  readonly asked: AskedBook['of'];
  /** Result of the last check of the chain; null before the first. From then on each new line is followed by another. */
  readonly check: ChainCheck | null;
  /** Reads new lines. After a read error the next call tries again. */
  refresh(): Promise<void>;
  /** Reads the whole audit again and verifies its chain. */
  checkChain(): Promise<void>;
}

/** `added` is called with each new line, in order. */
export function createAuditTrail(
  world: Pick<World, 'audit'>,
  added: (line: AuditLine) => void,
): AuditTrail {
  const lines: AuditLine[] = [];
  const asked = createAskedBook();
  let check: ChainCheck | null = null;
  let turn = Promise.resolve();

  async function read(): Promise<void> {
    const before = lines.length;
    for (const line of await readFrom(world, lines.at(-1)?.seq ?? EMPTY_CHAIN.seq)) {
      lines.push(line);
      asked.take(line);
      added(line);
    }
    if (check !== null && lines.length > before) await follow();
  }

  async function follow(): Promise<void> {
    check = checkChain(await readFrom(world, EMPTY_CHAIN.seq));
  }

  return {
    lines,
    asked: asked.of,
    get check() {
      return check;
    },
    refresh() {
      // Serialized, because parallel reads would add the same lines twice.
      turn = turn.then(read).catch(() => undefined);
      return turn;
    },
    checkChain: follow,
  };
}

/** Reads page after page until one is empty. */
async function readFrom(world: Pick<World, 'audit'>, after: number): Promise<readonly AuditLine[]> {
  const all: AuditLine[] = [];
  for (;;) {
    const page = await world.audit(all.at(-1)?.seq ?? after);
    if (page.length === 0) return all;
    all.push(...page);
  }
}
