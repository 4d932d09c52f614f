import { createHmac, randomUUID } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import type { Config } from '../../config.js';
import type { Intake } from '../../doctor/examined.js';
import { toChatError } from './chat-error.js';
import { socketOptions } from './clients.js';
import { silentLogger } from './silent-logger.js';

const TIMEOUT_MS = 5_000;

/** How Slack reaches a bot that runs in another process. `at`: its public address, where it is known. */
export async function lookAtIntake(
  { slack, listen }: Pick<Config, 'slack' | 'listen'>,
  { at, now }: { readonly at: string | null; readonly now: () => Date },
): Promise<Intake> {
  if (slack.mode.kind === 'socket') return lookAtSocket(slack, slack.mode.appToken);
  const base = at ?? `http://${reachable(listen.host)}:${listen.port}`;
  const address = `${base.replace(/(?<!\/)\/+$/, '').replace(/\/slack\/events$/, '')}/slack/events`;
  return {
    kind: 'http',
    at: address,
    answer: await challenge(address, slack.mode.signingSecret, now()),
  };
}

/** An address to listen at as one to call: any address is this machine's own, and one of IPv6 stands in brackets. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** Nothing connects: the address that Slack gives out is left alone. */
async function lookAtSocket(slack: Config['slack'], appToken: string): Promise<Intake> {
  try {
    await new WebClient(appToken, socketOptions(slack, silentLogger)).apiCall(
      'apps.connections.open',
    );
    return { kind: 'socket', refused: null };
  } catch (error) {
    return { kind: 'socket', refused: toChatError(error, { repeatable: true }).code };
  }
}

/** The question with which Slack verifies an address, signed as Slack does. Only a bot with the same secret repeats the word. */
async function challenge(
  address: string,
  secret: string,
  now: Date,
): Promise<'right' | 'wrong' | 'none'> {
  const word = randomUUID();
  const body = JSON.stringify({ type: 'url_verification', challenge: word });
  const timestamp = Math.floor(now.getTime() / 1000);
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${signature}`,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return (await response.text()).includes(word) ? 'right' : 'wrong';
  } catch {
    return 'none';
  }
}
