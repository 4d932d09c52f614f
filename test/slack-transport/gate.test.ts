import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import { createGate } from '../../src/slack/transport/gate.js';
import { createLog } from './kit/log.js';

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

it('an unsigned ssl_check is answered, reaches nothing behind the gate, and holds no place among the connections', async () => {
  const held: unknown[] = [];
  const behind: unknown[] = [];
  const gate = createGate(
    {
      endpoint: '/slack/events',
      signingSecret: 'secret',
      now: () => new Date(),
      log: createLog().log,
      hold: (socket) => {
        held.push(socket);
        return () => undefined;
      },
      refused: () => undefined,
    },
    (request, response) => {
      behind.push(request.url);
      response.end();
    },
  );
  server = createServer(gate);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const reply = await fetch(`http://127.0.0.1:${String(port)}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'token=x&ssl_check=1',
  });
  expect([reply.status, await reply.text()]).toEqual([200, '']);
  expect([held, behind]).toEqual([[], []]);
});
