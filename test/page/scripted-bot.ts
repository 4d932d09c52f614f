import { createServer } from 'node:http';
import type { SlackSandbox } from '../../src/sandbox/slack/server.js';

/** What Slack sent: a command's fields, or an interaction's payload. */
type Heard = Readonly<Record<string, unknown>>;

export interface ScriptedBot {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** The next answer to everything of this kind: a body, or a status alone. */
  answer(kind: string, answer: object | number): void;
  /** Calls Slack's Web API as the bot. */
  call(method: string, args: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** A bot that answers what a test says; the network between it and Slack is real. */
export async function startScriptedBot(slack: SlackSandbox): Promise<ScriptedBot> {
  const heard: Heard[] = [];
  const answers = new Map<string, object | number>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const sent = read(body);
      heard.push(sent);
      const { type, command } = sent;
      const kind = typeof type === 'string' ? type : command;
      const answer = (typeof kind === 'string' ? answers.get(kind) : undefined) ?? 200;
      const status = typeof answer === 'number' ? answer : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof answer === 'number' ? '' : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    heard,
    answer: (kind, answer) => void answers.set(kind, answer),
    async call(method, args) {
      const response = await fetch(slack.apiUrl + method, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${slack.botToken}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(args),
      });
      return response.json();
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function read(body: string): Heard {
  const json = new URLSearchParams(body).get('payload') ?? (body.startsWith('{') ? body : null);
  if (json === null) return Object.fromEntries(new URLSearchParams(body));
  const parsed: unknown = JSON.parse(json);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}
