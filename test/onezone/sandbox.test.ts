import { afterEach, describe, expect, it } from '@jest/globals';
import { isNotFound, mayHaveHappened } from '../../src/onezone/errors.js';
import { createOnezone } from '../../src/onezone/onezone.js';
import { failureOf } from './scripted-zone.js';
import { adminModel, type Desk, membershipModel, startDesk } from './zone.js';

const running: Desk[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((desk) => desk.stop()));
});

async function desk(options?: Parameters<typeof startDesk>[0]): Promise<Desk> {
  const started = await startDesk(options);
  running.push(started);
  return started;
}

const use = ['handle_service_register_handle', 'handle_service_view'];
const NOBODY = 'ffffffffffffffffffffffffffffffffch0000';
const datacite = {
  name: 'LifeWatch DataCite',
  proxyEndpoint: 'https://hps.example.org/api/v1',
  serviceProperties: { type: 'DOI', prefix: '10.5072', username: 'alice', password: 'pa$$word' },
};

describe.each(['20.02.20', '21.02.4', '21.02.7', '25.0'])('Onezone %s', (version) => {
  it('lets an account of the admin model do everything the desk does', async () => {
    const { zone, onezone, botId } = await desk({ version });
    const lena = zone.addUser({ fullName: 'Lena K' }).userId;
    const info = await onezone.connect();
    expect(info).toMatchObject({ version, me: { id: botId }, model: 'admin', lacking: [] });
    expect(info.ozPrivileges).toEqual(adminModel);

    const { id } = await onezone.createHandleService(datacite);
    await expect(onezone.listHandleServices()).resolves.toEqual([id]);
    await expect(onezone.handleService(id)).resolves.toMatchObject({
      id,
      name: 'LifeWatch DataCite',
      registrarType: 'DOI',
      prefix: '10.5072',
      creator: botId,
    });
    await expect(onezone.members(id)).resolves.toEqual([]);

    await expect(onezone.addUser(id, lena, use)).resolves.toBe('added');
    await expect(onezone.addUser(id, lena, info.privileges.all)).resolves.toBe('alreadyMember');
    await expect(onezone.userPrivileges(id, lena)).resolves.toEqual(use);
    await onezone.changePrivileges(id, lena, {
      grant: ['handle_service_list_handles'],
      revoke: ['handle_service_view'],
    });
    const changed = ['handle_service_list_handles', 'handle_service_register_handle'];
    await expect(onezone.userPrivileges(id, lena)).resolves.toEqual(changed);
    await expect(onezone.effectivePrivileges(id, lena)).resolves.toEqual(changed);
    await expect(onezone.members(id)).resolves.toEqual([lena]);
    await expect(onezone.effectiveMembers(id)).resolves.toEqual([lena]);

    await expect(onezone.removeUser(id, lena)).resolves.toBe('removed');
    await expect(onezone.removeUser(id, lena)).resolves.toBe('notMember');
    await expect(onezone.userPrivileges(id, lena)).resolves.toBeNull();
    await expect(onezone.effectivePrivileges(id, lena)).resolves.toBeNull();
  });

  it('lets an account of the membership model do it in the services that it made', async () => {
    const { zone, onezone, botId } = await desk({ version, privileges: membershipModel });
    const other = zone.addHandleService({ name: 'Not ours' }).handleServiceId;
    const lena = zone.addUser().userId;
    await expect(onezone.connect()).resolves.toMatchObject({ model: 'membership', lacking: [] });

    const { id } = await onezone.createHandleService(datacite);
    await expect(onezone.listHandleServices()).resolves.toEqual([id]);
    await expect(onezone.members(id)).resolves.toEqual([botId]);
    await expect(onezone.addUser(id, lena, use)).resolves.toBe('added');
    await expect(onezone.userPrivileges(id, lena)).resolves.toEqual(use);
    await expect(onezone.removeUser(id, lena)).resolves.toBe('removed');
    expect(await failureOf(onezone.addUser(other, lena, use))).toMatchObject({
      name: 'OnezoneError',
      status: 403,
      errorId: 'forbidden',
      isPermanent: true,
    });
  });

  it('tells a service that is gone from a person who is no member', async () => {
    const { zone, onezone } = await desk({ version });
    const lena = zone.addUser().userId;
    const failures = [
      await failureOf(onezone.userPrivileges(NOBODY, lena)),
      await failureOf(onezone.effectivePrivileges(NOBODY, lena)),
      await failureOf(onezone.removeUser(NOBODY, lena)),
      await failureOf(onezone.addUser(NOBODY, lena, use)),
      await failureOf(onezone.handleService(NOBODY)),
      await failureOf(onezone.members(NOBODY)),
    ];
    expect(failures.map(isNotFound)).toEqual([true, true, true, true, true, true]);
  });

  it('names the field that it refuses', async () => {
    const { zone, onezone } = await desk({ version });
    const { handleServiceId } = zone.addHandleService({ name: 'ePIC' });
    const lena = zone.addUser().userId;
    expect(await failureOf(onezone.addUser(handleServiceId, NOBODY, use))).toMatchObject({
      errorId: 'badValueIdNotFound',
      key: 'userId',
    });
    const change = { grant: ['no_such_privilege'], revoke: [] };
    const failure = await failureOf(onezone.addUser(handleServiceId, lena, change.grant));
    expect(failure).toMatchObject({ errorId: 'badValueListNotAllowed', key: 'privileges' });
  });

  it.each([
    [{ caveats: [{ type: 'time', validUntil: 1_000_000_000 }] }, 'tokenExpired'],
    [{ caveats: [{ type: 'interface', interface: 'oneclient' }] }, 'tokenNotForHere'],
    [{ revoked: true }, 'tokenRevoked'],
  ])('does not take a token with %j', async (flaw, reason) => {
    const { zone, botId } = await desk({ version });
    const token = zone.mintToken({ userId: botId, ...flaw });
    const onezone = createOnezone({ url: zone.url, credentials: { token } });
    const failure = await failureOf(onezone.connect());
    await onezone.close();
    expect(failure).toMatchObject({ name: 'OnezoneAuthError', reason });
  });
});

describe('a membership question', () => {
  it('costs one call more only where the answer is not a member', async () => {
    const { zone, onezone, calls } = await desk();
    const lena = zone.addUser().userId;
    const omar = zone.addUser().userId;
    const { handleServiceId: id } = zone.addHandleService({ name: 'ePIC', users: [lena] });
    await onezone.userPrivileges(id, lena);
    await onezone.userPrivileges(id, omar, { serviceExists: true });
    await onezone.removeUser(id, omar, { serviceExists: true });
    expect(calls()).toHaveLength(3);
    await expect(onezone.userPrivileges(id, omar)).resolves.toBeNull();
    expect(calls().slice(3)).toEqual([
      `GET /handle_services/${id}/users/${omar}/privileges`,
      `GET /handle_services/${id}/users`,
    ]);
  });

  it('needs no right to list members to know that the service is there', async () => {
    const { zone, confinedTo } = await desk();
    const lena = zone.addUser().userId;
    const { handleServiceId: id } = zone.addHandleService({ name: 'ePIC' });
    const narrow = confinedTo(
      'ozw/get/handleService.*.user_privileges,*:private',
      'ozw/get/handleService.null.list:private',
    );
    await expect(narrow.userPrivileges(id, lena)).resolves.toBeNull();
    expect(isNotFound(await failureOf(narrow.userPrivileges(NOBODY, lena)))).toBe(true);
  });

  it('is about direct members, its effective twin also about those in groups', async () => {
    const { zone, onezone } = await desk();
    const lena = zone.addUser().userId;
    const { groupId } = zone.addGroup({ users: [lena] });
    const { handleServiceId: id } = zone.addHandleService({
      name: 'ePIC',
      groups: { [groupId]: use },
    });
    await expect(onezone.userPrivileges(id, lena)).resolves.toBeNull();
    await expect(onezone.effectivePrivileges(id, lena)).resolves.toEqual(use);
    await expect(onezone.members(id)).resolves.toEqual([]);
    await expect(onezone.effectiveMembers(id)).resolves.toEqual([lena]);
    await expect(onezone.removeUser(id, lena)).resolves.toBe('notMember');
  });

  it('tells no privileges from no member', async () => {
    const { zone, onezone } = await desk();
    const lena = zone.addUser().userId;
    const { handleServiceId: id } = zone.addHandleService({ name: 'ePIC', users: { [lena]: [] } });
    await expect(onezone.userPrivileges(id, lena)).resolves.toEqual([]);
  });
});

describe('a change of privileges', () => {
  it('of nothing is no call', async () => {
    const { zone, onezone, calls } = await desk();
    const lena = zone.addUser().userId;
    await onezone.changePrivileges(NOBODY, lena, { grant: [], revoke: [] });
    expect(calls()).toEqual([]);
  });

  it('of someone who is no member is not found', async () => {
    const { zone, onezone } = await desk();
    const lena = zone.addUser().userId;
    const { handleServiceId: id } = zone.addHandleService({ name: 'ePIC' });
    const change = { grant: use, revoke: [] };
    expect(isNotFound(await failureOf(onezone.changePrivileges(id, lena, change)))).toBe(true);
  });
});

describe('an outcome that is not known', () => {
  it.each(['commit-then-reset', 'commit-then-hang'] as const)(
    'by %s is settled by reading',
    async (kind) => {
      const { zone, onezone, botId } = await desk();
      const lena = zone.addUser().userId;
      zone.faults.add({ kind, method: 'POST', times: 1 });
      expect(mayHaveHappened(await failureOf(onezone.createHandleService(datacite)))).toBe(true);
      const [id = ''] = await onezone.listHandleServices();
      await expect(onezone.handleService(id)).resolves.toMatchObject({
        name: 'LifeWatch DataCite',
        creator: botId,
      });

      zone.faults.add({ kind, method: 'PUT', times: 1 });
      expect(mayHaveHappened(await failureOf(onezone.addUser(id, lena, use)))).toBe(true);
      await expect(onezone.userPrivileges(id, lena)).resolves.toEqual(use);
      await expect(onezone.listHandleServices()).resolves.toEqual([id]);
    },
  );

  it('is not left by the circuit breaker', async () => {
    const { zone, onezone, calls } = await desk();
    zone.setBreaker(true);
    const failure = await failureOf(onezone.createHandleService(datacite));
    expect(failure).toMatchObject({ errorId: 'serviceUnavailable', isPermanent: false });
    expect(mayHaveHappened(failure)).toBe(false);
    expect(calls()).toEqual(['POST /handle_services']);
  });
});

describe('a narrow token', () => {
  const name = 'LifeWatch DataCite';

  it('sees the public part of a service, and nothing secret was sent to it', async () => {
    const { zone, confinedTo } = await desk();
    const { handleServiceId: id } = zone.addHandleService({ name });
    const narrow = confinedTo('ozw/get/handleService.null.list:private');
    await expect(narrow.handleService(id)).resolves.toEqual({
      id,
      name,
      registrarType: null,
      prefix: null,
      creator: null,
      creationTime: null,
      proxyEndpoint: null,
    });
  });

  it('is told to be narrow where a zone has no public part', async () => {
    const { zone, confinedTo } = await desk({ version: '21.02.4' });
    const { handleServiceId: id } = zone.addHandleService({ name });
    const narrow = confinedTo('ozw/get/handleService.null.list:private');
    expect(await failureOf(narrow.handleService(id))).toMatchObject({
      name: 'OnezoneAuthError',
      reason: 'tokenTooNarrow',
    });
  });

  it('made for the desk is enough for the desk', async () => {
    const { zone, confinedTo } = await desk();
    const lena = zone.addUser({ fullName: 'Lena K' }).userId;
    const { handleServiceId: id } = zone.addHandleService({ name });
    const onezone = confinedTo(
      'ozw/create/handleService.null.instance:private',
      'ozw/get/handleService.null.list:private',
      'ozw/get/handleService.*.users:private',
      'ozw/create/handleService.*.user,*:private',
      'ozw/delete/handleService.*.user,*:private',
      'ozw/get/handleService.*.user_privileges,*:private',
      'ozw/update/handleService.*.user_privileges,*:private',
      'ozw/get/user.null.list:private',
      'ozw/get/user.*.instance:protected',
      'ozw/get/user.*.eff_oz_privileges:private',
    );
    await expect(onezone.connect()).resolves.toMatchObject({
      model: 'admin',
      lacking: [],
      token: { caveats: [{ type: 'api' }] },
    });
    await expect(onezone.addUser(id, lena, use)).resolves.toBe('added');
    await expect(onezone.userPrivileges(id, lena)).resolves.toEqual(use);
    await onezone.changePrivileges(id, lena, { grant: [], revoke: ['handle_service_view'] });
    await expect(onezone.removeUser(id, lena)).resolves.toBe('removed');
    await expect(onezone.user(lena)).resolves.toMatchObject({ fullName: 'Lena K' });
    await expect(onezone.createHandleService(datacite)).resolves.toHaveProperty('id');
  });
});

describe('people', () => {
  it('are listed by id and read one by one', async () => {
    const { zone, onezone, botId } = await desk();
    const { userId } = zone.addUser({
      fullName: 'John Doe',
      username: 'jdoe',
      blocked: true,
      linkedAccounts: [
        { idp: 'google', subjectId: '1978', emails: ['John.Doe@gmail.com'] },
        {
          idp: 'orcid',
          subjectId: '0000-0002',
          emails: ['john@example.org', 'John.Doe@gmail.com'],
        },
      ],
      emails: ['JohnDoe@gmail.com', 'john@example.org'],
    });
    await expect(onezone.listUsers()).resolves.toEqual([botId, userId].sort());
    await expect(onezone.user(userId)).resolves.toEqual({
      id: userId,
      fullName: 'John Doe',
      username: 'jdoe',
      emails: ['JohnDoe@gmail.com', 'john@example.org'],
      linkedEmails: ['John.Doe@gmail.com', 'john@example.org'],
      linkedIdps: ['google', 'orcid'],
      blocked: true,
    });
  });

  it('who do not exist are not found', async () => {
    const { onezone } = await desk();
    expect(isNotFound(await failureOf(onezone.user(NOBODY)))).toBe(true);
  });
});

describe('an administrator with a password', () => {
  it('is as good as one with a token', async () => {
    const { zone } = await desk();
    zone.addUser({ username: 'admin', password: 'admin-password', privileges: 'all' });
    const onezone = createOnezone({
      url: zone.url,
      credentials: { username: 'admin', password: 'admin-password' },
    });
    await expect(onezone.connect()).resolves.toMatchObject({
      me: { username: 'admin' },
      token: null,
      model: 'admin',
      lacking: [],
    });
    await onezone.close();
  });
});

describe('older than the oldest', () => {
  it.each(['18.02.3', '19.02.5'])('Onezone %s is refused by name', async (version) => {
    expect(await failureOf(desk({ version }))).toMatchObject({ name: 'OnezoneTooOld', version });
  });
});
