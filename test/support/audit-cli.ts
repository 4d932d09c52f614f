import { Command, CommanderError } from 'commander';
import { registerAudit } from '../../src/cli/audit.js';
import { registerBackup } from '../../src/cli/backup.js';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What `handle-desk audit …` says with no other setting than this. */
export const auditCli = (url: string, ...args: readonly string[]): Promise<Said> =>
  auditCliIn({ DATABASE_URL: url }, ...args);

/** The same of `handle-desk backup …`. */
export const backUpCli = (url: string, file: string): Promise<Said> =>
  run({ DATABASE_URL: url }, ['backup', file]);

export const auditCliIn = (
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Said> => run(env, ['audit', ...args]);

async function run(env: Readonly<Record<string, string>>, args: readonly string[]): Promise<Said> {
  let [code, out, err] = [0, '', ''];
  const program = new Command().exitOverride().configureOutput({
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
  });
  const io = {
    env,
    out: (text: string) => void (out += text),
    err: (text: string) => void (err += text),
    exit: (said: number) => void (code = said),
  };
  registerAudit(program, io);
  registerBackup(program, io);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode;
  }
  return { code, out, err };
}
