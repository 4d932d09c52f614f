import type { Server } from 'node:http';

const MAX_PORTS_TRIED = 20;

/** Listens on this port or the next free one, and returns it. */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  for (let next = port; ; next += 1) {
    const taken = await tryToListen(server, host, next);
    if (taken === null) break;
    if (port === 0 || next + 1 >= port + MAX_PORTS_TRIED) throw taken;
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Null: it listens. An error: the port is taken. */
function tryToListen(server: Server, host: string, port: number): Promise<Error | null> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      server.off('listening', listens);
      if (error.code === 'EADDRINUSE') resolve(error);
      else reject(error);
    };
    const listens = (): void => {
      server.off('error', failed);
      resolve(null);
    };
    server.once('error', failed);
    server.once('listening', listens);
    server.listen(port, host);
  });
}
