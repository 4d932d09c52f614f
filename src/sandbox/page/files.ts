import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sendText } from './http.js';

/** An allowlist: nothing else in the folder is served. */
const FILES_BY_PATH: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  '/': { name: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.js': { name: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/page.css': { name: 'page.css', type: 'text/css; charset=utf-8' },
  '/icon.svg': { name: 'icon.svg', type: 'image/svg+xml' },
};

/** False: no such file. */
export async function sendFile(
  response: ServerResponse,
  folder: string,
  path: string,
): Promise<boolean> {
  const file = Object.hasOwn(FILES_BY_PATH, path) ? FILES_BY_PATH[path] : undefined;
  if (file === undefined) return false;
  try {
    const content = await readFile(join(folder, file.name));
    response.writeHead(200, { 'content-type': file.type }).end(content);
  } catch {
    sendText(response, 500, 'The page is not built. Run: npm run build');
  }
  return true;
}
