import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { HandleService } from '../../src/onezone/onezone.js';
import { readServices, type ServicesReading } from '../../src/zone/read-services.js';
import { createWorld, failures, START, type World } from './world.js';

let world: World;
beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.store.close());

function read(): Promise<ServicesReading> {
  const { zone, store, clock, log } = world;
  return readServices({ onezone: zone.onezone, store, now: () => clock.now, log: log.logger });
}

function add(id: string, service: Partial<HandleService> = {}): void {
  world.zone.services.set(id, {
    id,
    name: `Service ${id}`,
    registrarType: 'DOI',
    prefix: '10.5072',
    creator: null,
    creationTime: null,
    proxyEndpoint: 'https://hps.example.org',
    ...service,
  });
}

const names = async (): Promise<readonly string[]> =>
  (await world.store.services.search('', { limit: 100 })).map((it) => it.name);

it('remembers what the zone has, and forgets what it no longer has', async () => {
  add('a');
  add('b', { registrarType: null, prefix: null });
  expect(await read()).toEqual({ services: 2, unread: 0 });
  expect(await world.store.services.get('a')).toEqual({
    id: 'a',
    name: 'Service a',
    registrar: 'DOI',
    prefix: '10.5072',
    readAt: START,
  });
  expect(await world.store.services.get('b')).toMatchObject({ registrar: null, prefix: null });

  world.zone.services.delete('a');
  add('b', { name: 'Renamed' });
  expect(await read()).toEqual({ services: 1, unread: 0 });
  expect(await names()).toEqual(['Renamed']);
});

it('leaves out a service that is deleted between the list and its turn', async () => {
  add('a');
  add('b');
  await read();
  world.zone.failing.set('b', failures.notFound);
  expect(await read()).toEqual({ services: 1, unread: 0 });
  expect(await names()).toEqual(['Service a']);
});

it('keeps the old name of a service that cannot be read', async () => {
  add('a');
  add('b');
  await read();
  add('a', { name: 'Renamed' });
  add('c');
  world.zone.failing.set('b', failures.forbidden).set('c', failures.outage);
  expect(await read()).toEqual({ services: 2, unread: 2 });
  expect(await names()).toEqual(['Renamed', 'Service b']);
  expect(world.log.lines.map((it) => it.msg)).toContain('Some handle services cannot be read');
});

it('changes nothing when none can be read', async () => {
  add('a');
  add('b');
  await read();
  world.zone.failing.set('a', failures.outage).set('b', failures.outage);
  await expect(read()).rejects.toBe(failures.outage);
  expect(await names()).toEqual(['Service a', 'Service b']);
});

it('changes nothing when the list cannot be read', async () => {
  add('a');
  await read();
  world.zone.failing.set('listHandleServices', failures.outage);
  await expect(read()).rejects.toBe(failures.outage);
  expect(await names()).toEqual(['Service a']);
});

it('keeps what was registered or renamed while it read', async () => {
  add('a');
  add('b');
  const meanwhile = new Date(START.getTime() + 1000);
  const service = { registrar: 'PID', prefix: '21.T1', readAt: meanwhile };
  world.zone.onCall = async (call) => {
    if (call !== 'b') return;
    await world.store.services.put({ id: 'new', name: 'Just registered', ...service });
    await world.store.services.put({ id: 'a', name: 'Just renamed', ...service });
  };
  expect(await read()).toEqual({ services: 3, unread: 0 });
  expect(await names()).toEqual(['Just registered', 'Just renamed', 'Service b']);
});
