import type { AuditLine } from '../../store/store.js';
import { START } from '../../store/audit-chain.js';
import { checkChain, type ChainCheck } from './check-chain.js';
import type { World } from './world.js';

/** The bot's audit as far as it was read: all of it, oldest first. */
export interface AuditTrail {
  readonly lines: readonly AuditLine[];
  /** What the last look at the chain found; null before the first. */
  readonly check: ChainCheck | null;
  /** Reads what is new. A database that cannot be read now is read at the next occasion. */
  refresh(): Promise<void>;
  /** Reads the whole audit again and follows its chain. */
  look(): Promise<void>;
}

/** `added` hears of each new line, in order. */
export function createAuditTrail(
  world: Pick<World, 'audit'>,
  added: (line: AuditLine) => void,
): AuditTrail {
  const lines: AuditLine[] = [];
  let check: ChainCheck | null = null;
  let turn = Promise.resolve();

  async function read(): Promise<void> {
    for (const line of await readFrom(world, lines.at(-1)?.seq ?? START.seq)) {
      lines.push(line);
      added(line);
    }
  }

  return {
    lines,
    get check() {
      return check;
    },
    refresh() {
      // One after the other, or two readings would both bring the same lines.
      turn = turn.then(read).catch(() => undefined);
      return turn;
    },
    async look() {
      check = checkChain(await readFrom(world, START.seq));
    },
  };
}

/** The world may answer in pages: it is asked until nothing more comes. */
async function readFrom(world: Pick<World, 'audit'>, after: number): Promise<readonly AuditLine[]> {
  const all: AuditLine[] = [];
  for (;;) {
    const page = await world.audit(all.at(-1)?.seq ?? after);
    if (page.length === 0) return all;
    all.push(...page);
  }
}
