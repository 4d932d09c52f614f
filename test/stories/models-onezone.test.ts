import { afterEach, describe, expect, it } from '@jest/globals';
import { sends, opens } from './acts.js';
import { CONFINED } from './account.js';
import { approves, asks, becomes, isRefused, linked, stored } from './acting.js';
import { CHANNELS, DAY, type Desk, type DeskOptions, openDesk } from './desk.js';
import { callsSince, mark, members, onRecord, USE, writesSince } from './reading.js';
import { DATACITE_EXAMPLE } from './registrar.js';

let desk: Desk;
afterEach(() => desk.stop());

/** From the wish over the approval to the end of the access. */
async function fromWishToEnd(): Promise<void> {
  const id = await asks(desk, 'lena', { level: 'maintain' });
  await approves(desk, 'cora', id);
  expect((await stored(desk, id)).status).toBe('done');
  expect(members(desk)['lena']).toEqual(expect.arrayContaining([...USE]));
  expect(desk.texts(CHANNELS.team)).toHaveLength(1);
  await desk.passes(91 * DAY);
  expect(members(desk)).toEqual({});
  expect((await onRecord(desk, id)).at(-1)).toMatchObject({
    what: 'ended',
    detail: { outcomes: [{ left: 'nothing' }] },
  });
  expect(desk.texts(CHANNELS.ops)).toEqual([]);
}

/** Ada registers Onedata's own example. Gives back its id. */
async function registers(): Promise<string> {
  await opens(desk, 'ada', '/handle register');
  await sends(desk, 'ada', DATACITE_EXAMPLE);
  await desk.works();
  desk
    .as('ada')
    .closes({ all: true })
    .catch(() => undefined);
  const made = Object.values(desk.zone.state.handleServices).find(
    (it) => it.name === DATACITE_EXAMPLE.name,
  );
  expect(desk.told('ada').join()).toContain(
    `✅ *${DATACITE_EXAMPLE.name}* is now a handle service in Onezone`,
  );
  return made?.handleServiceId ?? '';
}

const ways: readonly (readonly [string, DeskOptions])[] = [
  ['an administrator’s account', {}],
  ['an account that is a member of its services', { model: 'membership' }],
  ['a token confined to what is needed', { caveats: [CONFINED] }],
];

describe.each(ways)('with %s', (_, options) => {
  it('a grant goes from the wish to its end', async () => {
    desk = await openDesk(options);
    await fromWishToEnd();
  });

  it('three people are let in and taken out', async () => {
    desk = await openDesk(options);
    const id = await asks(desk, 'lena', { people: ['lena', 'tom', 'gwen'], duration: '8h' });
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE, tom: USE, gwen: USE });
    await desk.passes(DAY);
    expect(members(desk)).toEqual({});
  });

  it('a service is registered, and people are let into it', async () => {
    desk = await openDesk(options);
    await linked(desk, 'lena');
    const made = await registers();
    await asks(desk, 'cora', { service: DATACITE_EXAMPLE.name, people: ['lena'] });
    expect(members(desk, made)).toEqual({ lena: USE });
  });
});

describe('an account that is a member of its services', () => {
  it('registers as a member, and lists only what it is in', async () => {
    desk = await openDesk({ model: 'membership' });
    desk.zone.addHandleService({ name: 'Somebody else’s' });
    const from = mark(desk);
    const made = await registers();
    expect(writesSince(desk, from)).toEqual(['POST /user/handle_services 201']);
    expect(Object.keys(desk.zone.state.handleServices[made]?.users ?? {})).toEqual([
      desk.account.id,
    ]);
    await desk.passes(6 * 60_000);
    const known = await desk.bot.services.store.services.search('', { limit: 10 });
    expect(known.map((it) => it.name)).toEqual(['DataCite', DATACITE_EXAMPLE.name]);
  });
});

describe('a token confined to what is needed', () => {
  it('reads no service, only the names that are public', async () => {
    desk = await openDesk({ caveats: [CONFINED] });
    await fromWishToEnd();
    const calls = callsSince(desk, 0);
    expect(calls).toContain('GET /handle_services/‹DataCite›/public 200');
    expect(calls).not.toContain('GET /handle_services/‹DataCite› 200');
  });
});

describe.each(['20.02.20', '21.02.4', '21.02.7', '25.0'])('Onezone %s', (version) => {
  it('takes a grant from the wish to its end, and a registration', async () => {
    desk = await openDesk({ version });
    await fromWishToEnd();
    expect(await registers()).not.toBe('');
  });

  it('says who is a member already', async () => {
    desk = await openDesk({ version });
    await linked(desk, 'lena');
    const id = await asks(desk, 'lena');
    becomes(desk, 'lena', ['handle_service_view']);
    expect(await isRefused(desk, 'cora', id)).toContain('has changed since this message was drawn');
    await desk.works();
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE });
    expect((await onRecord(desk, id)).at(-1)).toMatchObject({
      detail: {
        outcomes: [{ kind: 'done', has: USE, added: ['handle_service_register_handle'] }],
      },
    });
    // What was there before is still there when it ends.
    await desk.passes(91 * DAY);
    expect(members(desk)).toEqual({ lena: ['handle_service_view'] });
  });
});

describe.each(['18.02.3', '19.02.5'])('Onezone %s', (version) => {
  it('is refused politely: the bot says why, and does nothing there', async () => {
    desk = await openDesk({ version });
    expect(desk.log()).toContain(`Onezone ${version} is too old: 20.02.1 is the oldest that works`);
    expect(writesSince(desk, 0)).toEqual([]);
    expect(callsSince(desk, 0).every((it) => it.startsWith('GET /configuration'))).toBe(true);
  });
});
