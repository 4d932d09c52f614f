import process from 'node:process';
import { policyFileOf } from '../config.js';
import { startProblems } from '../start-problems.js';

/** Says in words what keeps a command from running, as a start would, with the same exit code. */
export function failWith<Args extends readonly unknown[]>(
  run: (...args: Args) => Promise<void>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    try {
      await run(...args);
    } catch (error) {
      const file = policyFileOf(process.env);
      const { lines, exitCode } = startProblems(error, file);
      process.stderr.write(lines.map((line) => `${line}\n`).join(''));
      process.exitCode = exitCode;
    }
  };
}
