import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import { createOnezone, type Onezone } from '../../src/onezone/onezone.js';
import { createPeople } from '../../src/people/create-people.js';
import { type DirectoryReading, readDirectory } from '../../src/people/read-directory.js';
import { type OnezoneSandbox, startOnezoneSandbox } from '../../src/sandbox/onezone/server.js';
import { readServices, type ServicesReading } from '../../src/zone/read-services.js';
import { createWorld, somePolicy, type World } from './world.js';

/** The real client against a small Onezone that answers like the real one. */
let world: World;
let sandbox: OnezoneSandbox;
let onezone: Onezone;

beforeEach(async () => {
  world = await createWorld();
  sandbox = await startOnezoneSandbox();
  sandbox.addUser({ userId: 'bot', fullName: 'Handle Desk', privileges: 'all' });
  onezone = client();
});
afterEach(async () => {
  await onezone.close();
  await sandbox.stop();
  await world.store.close();
});

function client(...allowed: readonly string[]): Onezone {
  const caveats = allowed.length === 0 ? [] : [{ type: 'api', whitelist: allowed }];
  const token = sandbox.mintToken({ userId: 'bot', caveats });
  return createOnezone(
    { url: sandbox.url, credentials: { token } },
    { sleep: () => Promise.resolve() },
  );
}

function directory(): Promise<DirectoryReading> {
  const { store, clock, log } = world;
  return readDirectory({ onezone, store, now: () => clock.now, log: log.logger });
}

function services(): Promise<ServicesReading> {
  const { store, clock, log } = world;
  return readServices({ onezone, store, now: () => clock.now, log: log.logger });
}

const paths = (part: string): readonly string[] =>
  sandbox.log.map((it) => it.path).filter((path) => path.includes(part));

describe('the directory', () => {
  it('finds people by the address of their linked account, dots and capitals overlooked', async () => {
    const account = { idp: 'google', subjectId: '1', emails: ['Lena.K@gmail.com'] };
    const { userId } = sandbox.addUser({ fullName: 'Lena', linkedAccounts: [account] });
    await directory();
    world.slack.add('U0LENA', { email: 'len.a.k@gmail.com' });
    expect(await world.people.identify('U0LENA')).toEqual({
      kind: 'known',
      identity: { onezone: userId, name: 'Lena', username: null, by: 'proposed' },
    });
  });

  it('of 300 users is read with one call each, and later with one in all', async () => {
    for (let at = 0; at < 300; at += 1) sandbox.addUser({ emails: [`p${at}@example.org`] });
    expect(await directory()).toMatchObject({ added: 301, users: 301, list: 'believed' });
    expect(paths('/users/')).toHaveLength(301);
    expect(await directory()).toMatchObject({ added: 0, users: 301 });
    expect(paths('/users/')).toHaveLength(301);
    expect(paths('/users')).toHaveLength(303);
  });

  it('goes on after an outage', async () => {
    for (let at = 0; at < 30; at += 1) sandbox.addUser();
    await onezone.connect();
    sandbox.setBreaker(true);
    await expect(directory()).rejects.toMatchObject({ status: 503, errorId: 'serviceUnavailable' });
    sandbox.setBreaker(false);
    expect(await directory()).toMatchObject({ added: 31, list: 'believed' });
  });

  it.each([
    ['neither list nor read users', ['ozw/get/handleService.null.list:private']],
    ['list but not read users', ['ozw/get/user.null.list:private']],
  ])('is off where the token may %s', async (_, allowed) => {
    await onezone.close();
    onezone = client(...allowed);
    sandbox.addUser({ emails: ['lena@example.org'] });
    expect(await directory()).toMatchObject({ list: 'off', users: 0 });
    world.slack.add('U0LENA', { email: 'lena@example.org' });
    expect(await world.people.identify('U0LENA')).toEqual({
      kind: 'refused',
      refusal: refusals.notLinked('<@U0LENA>'),
    });
  });

  it('is off where the account lacks the privilege', async () => {
    sandbox.addUser({ userId: 'poor', privileges: ['oz_handle_services_create'] });
    const token = sandbox.mintToken({ userId: 'poor' });
    await onezone.close();
    onezone = createOnezone({ url: sandbox.url, credentials: { token } });
    expect(await directory()).toMatchObject({ list: 'off' });
  });
});

describe('a link', () => {
  it('is checked with the zone', async () => {
    sandbox.addUser({ userId: 'lena' });
    sandbox.addUser({ userId: 'max', blocked: true });
    const { store, slack, clock } = world;
    const people = createPeople({
      store,
      chat: slack.chat,
      policy: () => somePolicy({}),
      now: () => clock.now,
      readUser: onezone.user,
    });
    const link = { slack: 'U0LENA', by: 'U0CURATOR', how: 'by hand' } as const;
    await expect(people.link({ ...link, onezone: 'nobody' })).rejects.toEqual(
      refusals.userGone('<@U0LENA>'),
    );
    await expect(people.link({ ...link, onezone: 'max' })).rejects.toEqual(
      refusals.blockedPerson('<@U0LENA>'),
    );
    await people.link({ ...link, onezone: 'lena' });
    expect(await store.links.ofOnezone('lena')).toMatchObject({ slack: 'U0LENA' });
  });
});

describe('the handle services', () => {
  it('are known by name, type and prefix, and their passwords are not', async () => {
    const serviceProperties = { type: 'DOI', prefix: '10.5072', password: 'hunter2-secret' };
    const { handleServiceId } = sandbox.addHandleService({ name: 'DataCite', serviceProperties });
    expect(await services()).toEqual({ services: 1, unread: 0 });
    const known = await world.store.services.get(handleServiceId);
    expect(known).toEqual({
      id: handleServiceId,
      name: 'DataCite',
      registrar: 'DOI',
      prefix: '10.5072',
      readAt: world.clock.now,
    });
    expect(JSON.stringify(world.log.lines)).not.toContain('hunter2');
  });

  it('are known by name alone where the token hides the rest', async () => {
    await onezone.close();
    onezone = client('ozw/get/handleService.null.list:private');
    const { handleServiceId } = sandbox.addHandleService({ name: 'DataCite' });
    await services();
    expect(await world.store.services.get(handleServiceId)).toMatchObject({
      name: 'DataCite',
      registrar: null,
      prefix: null,
    });
  });
});
