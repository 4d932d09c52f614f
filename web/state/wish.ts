import { acted, type Acted } from '../../src/sandbox/page/shown.js';
import type { Act } from '../../src/sandbox/page/wishes.js';

/** Asks the server for something; null when it cannot be reached or refuses. */
async function wish(path: string, body: object): Promise<unknown> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-handle-desk': '1' },
      body: JSON.stringify(body),
    });
    const json: unknown = response.ok ? await response.json() : null;
    return json;
  } catch {
    return null;
  }
}

const unreachable: Acted = { ok: false, trouble: 'The sandbox cannot be reached.', options: [] };

/** Does something in Slack; the answer comes when the bot acknowledged it, within three seconds. */
export async function act(what: Act): Promise<Acted> {
  const answer = acted.safeParse(await wish('/do/act', what));
  return answer.success ? answer.data : unreachable;
}

export const turn = (name: string, on: boolean): Promise<unknown> => wish('/do/turn', { name, on });

export const bot = (what: 'kill' | 'start'): Promise<unknown> => wish('/do/bot', { do: what });

export const look = (): Promise<unknown> => wish('/do/look', {});
