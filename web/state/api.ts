import { acted, type Acted } from '../../src/sandbox/page/shown.js';
import type { Act } from '../../src/sandbox/page/api.js';

/** Null: the server cannot be reached, or refused. */
async function post(path: string, body: object): Promise<unknown> {
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

const UNREACHABLE: Acted = { ok: false, trouble: 'The sandbox cannot be reached.', options: [] };

/** Resolves when the bot acknowledged, or after Slack's timeout of three seconds. */
export async function act(what: Act): Promise<Acted> {
  const answer = acted.safeParse(await post('/do/act', what));
  return answer.success ? answer.data : UNREACHABLE;
}

export const setFault = (name: string, on: boolean): Promise<unknown> =>
  post('/do/fault', { name, on });

export const setBot = (what: 'kill' | 'start'): Promise<unknown> => post('/do/bot', { do: what });

export const checkChain = (): Promise<unknown> => post('/do/check-chain', {});
