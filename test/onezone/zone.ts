import { createOnezone, type Onezone } from '../../src/onezone/onezone.js';
import {
  startOnezoneSandbox,
  type OnezoneSandbox,
  type OnezoneSandboxOptions,
} from '../../src/sandbox/onezone/server.js';

export interface Desk {
  readonly zone: OnezoneSandbox;
  readonly onezone: Onezone;
  readonly botId: string;
  /** Another client of the same account, with a token that is confined. */
  readonly confinedTo: (...whitelist: readonly string[]) => Onezone;
  /** The calls since connecting, as `METHOD /path` below the prefix. */
  readonly calls: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export const adminModel = [
  'oz_handle_services_add_relationships',
  'oz_handle_services_create',
  'oz_handle_services_list',
  'oz_handle_services_list_relationships',
  'oz_handle_services_remove_relationships',
  'oz_handle_services_set_privileges',
  'oz_handle_services_view_privileges',
  'oz_users_add_relationships',
  'oz_users_list',
  'oz_users_remove_relationships',
  'oz_users_view',
];
export const membershipModel = ['oz_handle_services_create', 'oz_users_list', 'oz_users_view'];

/** A sandbox zone with a bot account in it, and a client that has connected as that. */
export async function startDesk(
  options: OnezoneSandboxOptions & { readonly privileges?: readonly string[] } = {},
): Promise<Desk> {
  const { privileges = adminModel, ...zoneOptions } = options;
  const zone = await startOnezoneSandbox(zoneOptions);
  const { userId: botId } = zone.addUser({ fullName: 'Handle bot', username: 'bot', privileges });
  const clients: Onezone[] = [];

  function client(token: string): Onezone {
    const made = createOnezone(
      { url: zone.url, credentials: { token }, timeoutMs: 300 },
      { sleep: () => Promise.resolve() },
    );
    clients.push(made);
    return made;
  }

  async function stop(): Promise<void> {
    await zone.stop();
    await Promise.all(clients.map((each) => each.close()));
  }

  const onezone = client(zone.mintToken({ userId: botId }));
  await onezone.connect().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const connected = zone.log.length;
  return {
    zone,
    onezone,
    botId,
    confinedTo: (...whitelist) =>
      client(
        zone.mintToken({ userId: botId, caveats: [{ type: 'api', whitelist: [...whitelist] }] }),
      ),
    calls: () =>
      zone.log
        .slice(connected)
        .map(({ method, path }) => `${method} ${path.replace('/api/v3/onezone', '')}`),
    stop,
  };
}
