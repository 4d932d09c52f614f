import { Command, CommanderError } from 'commander';
import { registerAudit } from '../../src/cli/audit.js';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What `handle-desk audit …` says with no other setting than this. */
export const auditCli = (url: string, ...args: readonly string[]): Promise<Said> =>
  auditCliIn({ DATABASE_URL: url }, ...args);

export async function auditCliIn(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Said> {
  let [code, out, err] = [0, '', ''];
  const program = new Command().exitOverride().configureOutput({
    writeOut: (text) => void (out += text),
    writeErr: (text) => void (err += text),
  });
  registerAudit(program, {
    env,
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    exit: (said) => void (code = said),
  });
  try {
    await program.parseAsync(['audit', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    code = error.exitCode;
  }
  return { code, out, err };
}
