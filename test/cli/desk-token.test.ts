import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { caveatsFor, makeToken, tooNarrow } from '../../src/cli/desk-token.js';
import { dutiesOf } from '../../src/doctor/duties.js';
import { covers, privilegesNeeded } from '../../src/onezone/needs.js';
import { openTokenMaker } from '../../src/onezone/new-token.js';
import { createOnezone } from '../../src/onezone/onezone.js';
import { parsePolicy } from '../../src/policy/parse.js';
import { type OnezoneSandbox, startOnezoneSandbox } from '../../src/sandbox/onezone/server.js';

const { policy } = parsePolicy(readFileSync('policy.example.yml', 'utf8'));
const guide = readFileSync('docs/guides/set-up.md', 'utf8');
const documented = (model: string): readonly string[] => {
  const row = guide.split('\n').find((line) => line.startsWith(`| ${model}`)) ?? '';
  return [...row.matchAll(/oz_\w+/g)].map(([name]) => name);
};
const wish = { name: 'handle desk', temporary: false };
const PASSWORD = 'password-of-the-desk';

let zone: OnezoneSandbox | null = null;
afterEach(async () => {
  await zone?.stop();
  zone = null;
});

describe.each([
  ['administrator', 'admin', '21.02.7'],
  ['administrator', 'admin', '21.02.4'],
  ['membership', 'membership', '21.02.7'],
  ['membership', 'membership', '20.02.20'],
] as const)('the token that is made in the %s model', (row, model, version) => {
  it(`is enough for everything that the desk does in Onezone ${version}, and for no more`, async () => {
    expect([...documented(row)].sort()).toEqual(privilegesNeeded(dutiesOf(policy), model));
    const world = (zone = await startOnezoneSandbox({ version }));
    const desk = world.addUser({
      username: 'desk',
      password: PASSWORD,
      basicAuthEnabled: true,
      privileges: documented(row),
    });
    const lena = world.addUser({ username: 'lena' });
    const config = { url: world.url, credentials: { username: 'desk', password: PASSWORD } };
    const maker = await openTokenMaker(config);
    expect(maker.zone.model).toBe(model);
    const caveats = caveatsFor(policy, maker.zone, { days: 365, now: new Date() });
    const { token, how } = await makeToken(maker, config.credentials, { ...wish, caveats });
    expect(how).toBe('The token “handle desk” was made; it can be revoked in Onezone.');
    await maker.close();

    const onezone = createOnezone({ url: world.url, credentials: { token } });
    const { id } = await onezone.createHandleService({
      name: 'DataCite',
      proxyEndpoint: 'https://hps.example.org/api/v1',
      serviceProperties: { type: 'DOI' },
    });
    expect(await onezone.listHandleServices()).toEqual([id]);
    const service = await onezone.handleService(id);
    expect(service.name).toBe('DataCite');
    // Where names are public the token cannot read what stands beside the password.
    expect(service.proxyEndpoint).toBe(
      version === '21.02.7' ? null : 'https://hps.example.org/api/v1',
    );
    expect(await onezone.addUser(id, lena.userId, ['handle_service_view'])).toBe('added');
    await onezone.changePrivileges(id, lena.userId, {
      grant: ['handle_service_register_handle'],
      revoke: [],
    });
    expect(await onezone.userPrivileges(id, lena.userId)).toHaveLength(2);
    expect(await onezone.effectivePrivileges(id, lena.userId)).toHaveLength(2);
    expect(await onezone.effectiveMembers(id)).toContain(lena.userId);
    expect(await onezone.members(id)).toContain(lena.userId);
    expect(await onezone.removeUser(id, lena.userId)).toBe('removed');
    expect(await onezone.listUsers()).toContain(desk.userId);
    expect((await onezone.user(lena.userId)).username).toBe('lena');
    const info = await onezone.connect();
    expect([info.model, info.lacking, tooNarrow(info, policy)]).toEqual([model, [], null]);
    await onezone.close();
  });
});

it('a token is narrowed without a new one, and what is too narrow cannot be widened', async () => {
  const world = (zone = await startOnezoneSandbox());
  const { userId } = world.addUser({ username: 'desk', privileges: 'all' });
  const wide = world.mintToken({ userId });
  const maker = await openTokenMaker({ url: world.url, credentials: { token: wide } });
  const caveats = caveatsFor(policy, maker.zone, { days: 7, now: new Date() });
  const { token } = await makeToken(maker, { token: wide }, { ...wish, caveats });
  await maker.close();
  expect(Object.keys(world.state.tokens)).toHaveLength(1);
  const narrow = await openTokenMaker({ url: world.url, credentials: { token } });
  expect(tooNarrow(narrow.zone, policy)).toBeNull();
  expect(narrow.zone.token?.caveats.map(({ type }) => type)).toEqual([
    'time',
    'interface',
    'service',
    'api',
  ]);
  expect(tooNarrow(narrow.zone, { ...policy, actions: {}, services: [] })).toBeNull();
  await narrow.close();

  const onlyReads = caveatsFor({ ...policy, actions: {}, services: [] }, maker.zone, {
    days: 7,
    now: new Date(),
  });
  const reading = world.mintToken({ userId, caveats: onlyReads.map((it) => ({ ...it })) });
  const tooSmall = await openTokenMaker({ url: world.url, credentials: { token: reading } });
  expect(tooNarrow(tooSmall.zone, policy)).toBe(
    'The token that was given leaves out ozw/create/handleService.*.user,*:private, ozw/create/handleService.null.instance:private, ' +
      'ozw/delete/handleService.*.user,*:private, ozw/update/handleService.*.user_privileges,*:private, and cannot be widened. Give a wider one, or a password.',
  );
  await tooSmall.close();
});

it.each([
  ['ozw/get/user.*.instance:protected', 'ozw/get/user.*.instance:protected', true],
  ['all/all/*.*.*:*', 'ozw/get/user.*.instance:protected', true],
  ['ozw/get/user.abc.instance:protected', 'ozw/get/user.*.instance:protected', false],
  ['ozw/get/user.abc.eff_oz_privileges', 'ozw/get/user.abc.eff_oz_privileges:private', true],
  ['ozw/create/handleService.*.user,*:private', 'ozw/create/handleService.*.user,*:private', true],
  ['ozw/create/handleService.*.user,abc', 'ozw/create/handleService.*.user,*:private', false],
  ['ozw/get/handleService.*.users:private', 'ozw/get/handleService.*.user,*:private', false],
  ['opw/all/*.*.*:*', 'ozw/get/user.*.instance:protected', false],
  ['nonsense', 'ozw/get/user.*.instance:protected', false],
])('%s covers %s: %s', (entry, operation, is) => {
  expect(covers(entry, operation)).toBe(is);
});
