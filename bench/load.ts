import { createHmac, randomBytes } from 'node:crypto';
import { Pool } from 'undici';

export interface Load {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
}

/** So many signed `/handle help` commands, so many at a time. */
export async function helpLoad(
  url: string,
  secret: string,
  { at, requests }: { readonly at: number; readonly requests: number },
): Promise<Load> {
  const pool = new Pool(new URL(url).origin, { connections: at });
  const times: number[] = [];
  const began = performance.now();
  let left = requests;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const sent = performance.now();
      await send(pool, secret);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: at }, one));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  return { perSecond: requests / seconds, p99: times[Math.floor(times.length * 0.99)] ?? 0 };
}

async function send(pool: Pool, secret: string): Promise<void> {
  const body = new URLSearchParams({
    token: 't',
    team_id: 'T0SANDBOX1',
    channel_id: 'C0TEAM',
    user_id: 'U0ADA',
    command: '/handle',
    text: 'help',
    trigger_id: randomBytes(12).toString('hex'),
    response_url: 'http://127.0.0.1:9/never',
    api_app_id: 'A0SANDBOX1',
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const answer = await pool.request({
    path: '/slack/events',
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 || !text.includes('What you can do')) {
    throw new Error(`answered ${String(answer.statusCode)}: ${text.slice(0, 200)}`);
  }
}
