import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createOnezone, type Onezone } from '../../src/onezone/onezone.js';
import { NEWEST_VOCABULARY, privilegesFor } from '../../src/onezone/privileges.js';
import { type OnezoneSandbox, startOnezoneSandbox } from '../../src/sandbox/onezone/server.js';
import { createZone, type Zone } from '../../src/zone/zone.js';

const log = pino({ enabled: false });
/** Before 21.02.7, which added `handle_service_manage_handles`. */
const OLDER_VERSION = '21.02.4';

let sandbox: OnezoneSandbox;
let onezone: Onezone;
let zone: Zone;

beforeEach(async () => {
  sandbox = await startOnezoneSandbox({ version: OLDER_VERSION });
  sandbox.addUser({ userId: 'bot', privileges: 'all' });
  const credentials = { token: sandbox.mintToken({ userId: 'bot' }) };
  onezone = createOnezone({ url: sandbox.url, credentials }, { sleep: () => Promise.resolve() });
  zone = createZone({ onezone, url: sandbox.url });
});
afterEach(async () => {
  await onezone.close();
  await sandbox.stop();
});

/** Stops the zone, as it is while the bot starts; the result starts it again. */
async function takeDown(): Promise<() => Promise<void>> {
  const { state, port } = sandbox;
  await sandbox.stop();
  return async () => {
    sandbox = await startOnezoneSandbox({ state, port, version: OLDER_VERSION });
  };
}

describe('the zone', () => {
  it('is assumed to be the newest before the first connection', () => {
    expect(onezone.known()).toBeNull();
    expect(zone.name()).toBeNull();
    expect(zone.privileges('maintain')).toEqual(privilegesFor('maintain', NEWEST_VOCABULARY));
    expect(zone.privileges('maintain')).toContain('handle_service_manage_handles');
  });

  it('is known after the report', async () => {
    await zone.report(log);
    expect(onezone.known()).toEqual(await onezone.connect());
    expect(zone.privileges('maintain')).not.toContain('handle_service_manage_handles');
  });

  it('is known from the first call that succeeds when it was down at the start', async () => {
    const bringUp = await takeDown();
    await zone.report(log);
    expect(onezone.known()).toBeNull();
    expect(zone.privileges('maintain')).toContain('handle_service_manage_handles');
    await bringUp();
    await onezone.listHandleServices();
    expect(onezone.known()).toMatchObject({ version: OLDER_VERSION });
    expect(zone.privileges('maintain')).toEqual([
      'handle_service_list_handles',
      'handle_service_register_handle',
      'handle_service_view',
    ]);
  });
});
