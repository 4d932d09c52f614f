import process from 'node:process';
import { Cancelled, person, script, WrongAnswer } from './ask.js';
import type { Flags } from './flags.js';
import { setUp } from './set-up.js';

export async function run(flags: Flags): Promise<void> {
  const isPerson = flags.yes !== true && process.stdin.isTTY;
  const ask = isPerson ? person : script((line) => process.stdout.write(`${line}\n`));
  try {
    process.exitCode = await setUp(ask, flags, process.env);
  } catch (error) {
    if (!(error instanceof WrongAnswer) && !(error instanceof Cancelled)) throw error;
    const words = error instanceof Cancelled ? 'Nothing was written.' : error.message;
    process.stderr.write(`${words}\n`);
    process.exitCode = 2;
  }
}
