import { request } from 'node:http';
import type { WireRequest } from '../types.js';

export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly isJson: boolean;
      readonly noRetry: boolean;
    }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'failed'; readonly why: string };

/** Sends a request to the bot on a connection of its own; the deadline counts from the sending, as Slack's does. */
export function sendHttp(url: string, wire: WireRequest, deadline: number): Promise<Answer> {
  return new Promise((resolve) => {
    const outgoing = request(url, { method: 'POST', headers: wire.headers, agent: false });
    const settle = (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const timer = setTimeout(() => {
      settle({ kind: 'timeout' });
      outgoing.destroy();
    }, deadline);
    outgoing.on('error', (error) => {
      settle({ kind: 'failed', why: error.message });
    });
    outgoing.on('response', (response) => {
      const chunks: string[] = [];
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => chunks.push(chunk));
      response.on('error', (error) => {
        settle({ kind: 'failed', why: error.message });
      });
      response.on('end', () => {
        settle({
          kind: 'answered',
          status: response.statusCode ?? 0,
          body: chunks.join(''),
          isJson: /^application\/json\b/i.test(response.headers['content-type'] ?? ''),
          noRetry: response.headers['x-slack-no-retry'] === '1',
        });
      });
    });
    outgoing.end(wire.body);
  });
}
