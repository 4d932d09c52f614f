import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Command } from 'commander';
import { loadConfig } from '../config.js';
import { openStore } from '../store/open.js';
import type { Store } from '../store/store.js';

const LINES_PER_PAGE = 1000;

/** `audit verify` and `audit export`, on the database of `DATABASE_URL`. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('Look at the audit.');
  audit
    .command('verify')
    .description('Check the hash chain from the first line to the last; exit 1 if it is broken.')
    .action(() => withStore(verify));
  audit
    .command('export')
    .description('Print every line as JSON, oldest first.')
    .action(() => withStore(exportLines));
}

async function verify(store: Store): Promise<void> {
  const { lines, brokenAt, head } = await store.audit.verify();
  if (brokenAt === null) {
    process.stdout.write(`${lines} lines, unbroken. Head: ${head}\n`);
    return;
  }
  process.stderr.write(
    `The audit was changed: line ${brokenAt} does not follow from the one before.\n`,
  );
  process.exitCode = 1;
}

async function exportLines(store: Store): Promise<void> {
  for (let after = 0; ;) {
    const page = await store.audit.read({ after, limit: LINES_PER_PAGE });
    for (const line of page) process.stdout.write(`${JSON.stringify(line)}\n`);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const { databaseUrl } = loadConfig(process.env, (path) => readFileSync(path, 'utf8'));
  const store = await openStore(databaseUrl);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}
