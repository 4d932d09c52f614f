import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Whether a process lives. One that has ended but was not yet buried by its parent does not. */
export async function isThere(pid: number): Promise<boolean> {
  const ps = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]).catch(() => null);
  return ps !== null && !ps.stdout.startsWith('Z');
}
