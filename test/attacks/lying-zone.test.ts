import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approvalOf, approves, asks, statusOf } from '../stories/acting.js';
import { lastRequest, opens, sends, told } from '../stories/acts.js';
import { CHANNELS, type Desk, openDesk, PEOPLE } from '../stories/desk.js';
import { DATACITE_EXAMPLE } from '../stories/registrar.js';

const API = '/api/v3/onezone';
const NEW = '*/handle_services';
const BIDI = '\u202e';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ onezoneTimeoutMs: 400 });
});
afterAll(async () => {
  await desk.stop();
});

/** Registers a service of this name, and says how it ended for whoever asked and for the operators. */
async function registers(name: string) {
  await opens(desk, 'ada', '/handle-register');
  await sends(desk, 'ada', { ...DATACITE_EXAMPLE, name });
  await desk.works();
  await desk.passes(1_000);
  desk.zone.faults.clear();
  const request = await lastRequest(desk);
  return {
    status: request.status,
    trouble: request.trouble,
    told: desk.told('ada').at(-1) ?? '',
    operators: desk.texts(CHANNELS.ops).at(-1) ?? '',
  };
}

const created = (id: string, commits = false): void => {
  const headers = { location: `https://zone.example.org${API}/handle_services/${id}` };
  desk.zone.faults.add({
    ...{ kind: 'answer', method: 'POST', path: NEW, times: 1, status: 201 },
    headers,
    commits,
  });
};

/** What Onezone shows of any service next, instead of what it has. */
const shows = (service: object): void => {
  const body = JSON.stringify(service);
  desk.zone.faults.add({
    ...{ kind: 'answer', method: 'GET', path: '*/handle_services/*', times: 1, status: 200 },
    body,
  });
};

const asked = (name: string) => ({
  name,
  proxyEndpoint: DATACITE_EXAMPLE.proxyEndpoint,
  serviceProperties: {
    ...{ type: 'DOI', host: DATACITE_EXAMPLE['DOI.host'], prefix: '10.5072' },
    ...{ doiEndpoint: '/doi', metadataEndpoint: '/metadata', mediaEndpoint: '/media' },
    identifierTemplate: DATACITE_EXAMPLE['DOI.identifierTemplate'],
    ...{ allowTemplateOverride: false, username: 'mds-user', password: 'canary-registrar-p4ss' },
  },
});

const NEXT =
  'Next: Have an administrator of the zone look for a service of that name before you ask again.';

describe('A Onezone that lies, by fault or by intent, can make the desk wait, but not say what is not so', () => {
  it('a registration is answered with the id of a service that was there before: it is unclear, and both the requester and the operators read which id', async () => {
    created(desk.datacite);
    const end = await registers('Answered with an old id');
    expect(end.status).toBe('unclear');
    const why = `Onezone says that it registered “Answered with an old id”, but with the id of a handle service that was there before (\`${desk.datacite}\`).`;
    expect(end.told).toContain(`${why}\n${NEXT}`);
    expect(end.operators).toContain(why);
    expect((await lastRequest(desk)).service).toEqual({
      id: null,
      name: 'Answered with an old id',
    });
  });

  it.each([
    ['not found', 404, 'notFound'],
    ['forbidden', 403, 'forbidden'],
  ])(
    'the new id is one that Onezone does not show afterwards (%s): nobody is told that it no longer exists',
    async (_name, status, errorId) => {
      created('f'.repeat(32));
      const path = `*/${'f'.repeat(32)}`;
      desk.zone.faults.add({ kind: 'status', method: 'GET', path, status, errorId });
      const name = `Not shown ${String(status)}`;
      const end = await registers(name);
      expect(end.status).toBe('unclear');
      expect(end.told).toContain(
        `Onezone says that it registered “${name}” with the id \`${'f'.repeat(32)}\`, but shows the desk no handle service of that id.\n${NEXT}`,
      );
      expect(end.told + end.operators).not.toContain('no longer exists');
    },
  );

  it.each<[string, string, (it: ReturnType<typeof asked>) => object]>([
    ['another name', '`name` differs', (it) => ({ ...it, name: 'Something else' })],
    ['another address', '`proxyEndpoint` differs', (it) => ({ ...it, proxyEndpoint: 'evil:1' })],
    [
      'another prefix and type',
      '`type`, `prefix` differ',
      (it) => ({
        ...it,
        serviceProperties: { ...it.serviceProperties, type: 'PID', prefix: '10.666' },
      }),
    ],
    [
      'another password',
      '`password` differs',
      (it) => ({ ...it, serviceProperties: { ...it.serviceProperties, password: 'p4ss-of-evil' } }),
    ],
    [
      'more than was asked',
      '`serviceProperties` differs',
      (it) => ({ ...it, serviceProperties: { ...it.serviceProperties, callback: 'https://evil' } }),
    ],
    [
      'another creator',
      '`creator` differs',
      (it) => ({ ...it, creator: { type: 'user', id: 'somebody' } }),
    ],
  ])(
    'what is read back has %s: it is unclear, and what differs is named without its value',
    async (what, words, lie) => {
      const name = `Shown with ${what}`;
      created('e'.repeat(32));
      shows({ handleServiceId: 'e'.repeat(32), ...lie(asked(name)) });
      const end = await registers(name);
      expect(end.status).toBe('unclear');
      expect(end.told).toContain(`is not what was asked: ${words}.\n${NEXT}`);
      expect(end.told + end.operators + desk.log()).not.toMatch(/evil|10\.666|p4ss/);
    },
  );

  it.each(['../../users', '%2e%2e', 'a'.repeat(200), '<@U0ADA>'])(
    'the new id is %j: it is not taken for an id, and the service is looked for among the others',
    async (id) => {
      const name = `Of an odd id ${String(id.length)}`;
      created(`x/${id}`, true);
      await registers(name);
      for (let step = 0; step < 4; step += 1) await desk.passes(3_000);
      const request = await lastRequest(desk);
      const mine = Object.values(desk.zone.state.handleServices).filter((it) => it.name === name);
      expect([request.status, mine.map((it) => it.handleServiceId)]).toEqual([
        'done',
        [request.service?.id],
      ]);
    },
  );

  it('an error id is a mention or a page: nobody is called, and nothing of it is repeated', async () => {
    const id = await asks(desk, 'lena');
    const evil = `<@${PEOPLE.ada}> <b>${BIDI}`;
    desk.zone.faults.add({ kind: 'status', method: 'PUT', status: 400, errorId: evil, times: 1 });
    await approves(desk, 'cora', id);
    await desk.works();
    const all = `${desk.told('lena').at(-1) ?? ''}\n${desk.texts(CHANNELS.ops).at(-1) ?? ''}`;
    expect(all).toContain(
      'Onezone refused with an error that this version of the desk does not know (status 400).',
    );
    expect(all).not.toMatch(/<b>|\u202e|&lt;@/u);
    expect(all).not.toContain(PEOPLE.ada);
    // Whoever reads the log learns it.
    expect(desk.log()).toContain('"unknownId":"<@U0ADA> <b>');
  });

  it('names of services and users are mentions, pages and control characters: they are shown as harmless text', async () => {
    const evil = `<!channel> <@${PEOPLE.ada}> *b*${BIDI}\u0007 <https://evil|here>`;
    const { handleServiceId } = desk.zone.addHandleService({ name: evil, users: {} });
    const { userId } = desk.zone.addUser({ username: 'evil', fullName: evil, emails: [] });
    await desk.passes(2 * 3_600_000);
    const known = await desk.bot.services.store.services.get(handleServiceId);
    expect(known?.name).toBe('‹!channel› ‹@U0ADA› *b* ‹https://evil|here›');
    expect((await desk.bot.services.store.directory.get(userId))?.fullName).toBe(known?.name);
    const shown = await told(desk, 'lena', `/handle show ${handleServiceId}`);
    expect(shown).toContain('‹!channel› ‹@U0ADA›');
    expect(shown).not.toMatch(/<[!@h]|\u202e|\u0007/u);
  });

  it('another service or another user answers than the one that was asked for: it is not believed', async () => {
    shows({ handleServiceId: 'd'.repeat(32), ...asked('DataCite') });
    await expect(desk.bot.services.onezone.handleService(desk.datacite)).rejects.toMatchObject({
      kind: 'schema',
      code: 'handleServiceId',
    });
    const body = JSON.stringify({ userId: desk.onezoneIds.ada, fullName: 'Lena' });
    desk.zone.faults.add({ kind: 'answer', path: '*/users/*', times: 1, status: 200, body });
    await expect(desk.bot.services.onezone.user(desk.onezoneIds.lena)).rejects.toMatchObject({
      kind: 'schema',
      code: 'userId',
    });
  });

  it.each([
    ['a word that is no privilege', { privileges: ['handle_service_view', '<@U0ADA>'] }],
    ['privileges of a wrong type', { privileges: 'handle_service_view' }],
    [
      'more privileges than there can be',
      { privileges: Array.from({ length: 5_000 }, (_, index) => `handle_service_${index}`) },
    ],
  ])('a membership is read back with %s: nothing is said to be done', async (_name, privileges) => {
    const id = await asks(desk, 'tom');
    const answer = { kind: 'answer', method: 'GET', status: 200 } as const;
    const body = JSON.stringify(privileges);
    desk.zone.faults.add({ ...answer, path: '*/privileges', body });
    await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    await desk.works();
    expect(await statusOf(desk, id)).not.toBe('done');
    desk.zone.faults.clear();
    for (let minutes = 0; minutes < 4; minutes += 1) await desk.passes(60_000);
    expect(await statusOf(desk, id)).toBe('done');
  });

  it('moments that no calendar has are not believed, and crash nothing', async () => {
    shows({ handleServiceId: desk.datacite, ...asked('DataCite'), creationTime: 1e300 });
    await expect(desk.bot.services.onezone.handleService(desk.datacite)).rejects.toMatchObject({
      kind: 'schema',
      code: 'creationTime',
    });
  });
});
