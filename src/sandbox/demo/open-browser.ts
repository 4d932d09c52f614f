import { spawn } from 'node:child_process';
import process from 'node:process';

/** Opens the page where there is a display; elsewhere the printed address has to do. */
export function openBrowser(url: string): void {
  const command = opener();
  if (command === null) return;
  const [program, ...before] = command;
  if (program === undefined) return;
  const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true });
  // No such program: nothing is lost.
  child.once('error', () => undefined);
  child.unref();
}

function opener(): readonly string[] | null {
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const hasDisplay = ['DISPLAY', 'WAYLAND_DISPLAY'].some(
    (name) => (process.env[name] ?? '') !== '',
  );
  return hasDisplay ? ['xdg-open'] : null;
}
