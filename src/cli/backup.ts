import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { loadDatabaseUrl } from '../config.js';
import { ConfigError } from '../environment/variables.js';
import { BackupExists, backUpSqlite } from '../store/backup.js';
import { isPostgres, sqlitePath } from '../store/open.js';
import { checkAudit, type CliIo, processIo } from './audit.js';
import { exitCodeOf, exitCodesHelp, say } from './audit-words.js';

const USAGE_EXIT_CODE = 2;

/** `backup`: copies a SQLite database while the desk runs, and checks the audit of the copy. Needs only `DATABASE_URL`. */
export function registerBackup(program: Command, io: CliIo = processIo): void {
  program
    .command('backup')
    .description(
      'Copy a SQLite database, also while the bot runs, and check the audit of the copy.',
    )
    .argument('<file>', 'where the copy goes; it must not be there yet')
    .addHelpText(
      'after',
      `${exitCodesHelp}\n   ${USAGE_EXIT_CODE}  the file is there already, or the database is PostgreSQL`,
    )
    .action((file: string) => backUp(io, file));
}

async function backUp(io: CliIo, file: string): Promise<void> {
  const fail = (text: string, code: number): void => {
    io.err(`${text}\n`);
    io.exit(code);
  };
  try {
    const url = loadDatabaseUrl(io.env, (path) => readFileSync(path, 'utf8'));
    if (isPostgres(url)) {
      fail('PostgreSQL is copied by its own tools, such as pg_dump.', USAGE_EXIT_CODE);
      return;
    }
    if (!(await backUpSqlite(sqlitePath(url), file))) {
      fail(say({ kind: 'missing', what: 'database' }), exitCodeOf('missing'));
      return;
    }
  } catch (error) {
    if (error instanceof ConfigError) fail(error.problems.join('\n'), exitCodeOf('settings'));
    else if (error instanceof BackupExists) fail(error.message, USAGE_EXIT_CODE);
    else {
      const reason = error instanceof Error ? error.message : String(error);
      fail(`No backup was made: ${reason}`, exitCodeOf('unreadable'));
    }
    return;
  }
  io.out(`The database was copied to ${file}.\n`);
  await checkAudit({ ...io, env: { DATABASE_URL: `sqlite:${file}` } });
}
