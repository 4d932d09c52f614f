import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  approvalOf,
  approves,
  asks,
  deletesService,
  deletesUser,
  isRefused,
  linked,
  meanwhile,
  statusOf,
} from './acting.js';
import { CONFINED } from './account.js';
import { CHANNELS, DAY, type Desk, HOUR, openDesk } from './desk.js';
import { at, conversation, members, onRecord, USE } from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
afterEach(() => desk.stop());

const MINUTE = 60_000;

const RENEW =
  'Next: An operator has to put new credentials in place (`npx handle-desk token` makes a token) and restart the desk; then it goes on by itself.';
const WHY = {
  tokenRevoked: `Onezone does not take the desk’s credentials (tokenRevoked).\n${RENEW}`,
  tokenExpired: `Onezone does not take the desk’s credentials (tokenExpired).\n${RENEW}`,
  tokenTooNarrow:
    'The desk’s Onezone token does not allow this (tokenTooNarrow).\n' +
    'Next: An operator has to put a token in place that can do what the policy asks for (`npx handle-desk token`) and restart the desk; then it goes on by itself.',
} as const;

/** What the desk says when it has looked at itself has stories of its own. */
const aboutRequests = (): readonly string[] =>
  desk.texts(CHANNELS.ops).filter((text) => !/looked at itself|token ends on/.test(text));

const operatorsRead = (
  id: string,
  { until, why }: { until: string; why: keyof typeof WHY },
): string =>
  `⚙️ *Being carried out:* ${at('lena')} asked to use *DataCite* until ${until}.\n` +
  `${WHY[why]}\n` +
  'Support id: `‹support id›`\nNothing is lost: the request is kept.\n' +
  `Look for \`‹support id›\` in the log and with \`npx handle-desk audit export\`.\nRequest ${id}`;

describe('a token', () => {
  it('that is revoked midway keeps what was asked until it is good again', async () => {
    desk = await openDesk();
    const id = await asks(desk, 'lena');
    const revoked = (is: boolean): void => {
      for (const token of Object.values(desk.zone.state.tokens)) token.revoked = is;
    };
    meanwhile(desk, { method: 'GET', path: /privileges$/ }, () => {
      revoked(true);
    });
    await approves(desk, 'cora', id);
    expect(conversation(desk, aboutRequests())).toEqual([
      operatorsRead(id, { until: '‹90d›', why: 'tokenRevoked' }),
    ]);
    expect(desk.told('lena')).toHaveLength(1);
    await desk.passes(MINUTE);
    revoked(false);
    await desk.passes(2 * MINUTE);
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
    expect(desk.told('lena')).toHaveLength(2);
  });

  it('that expires before the approval keeps what was asked', async () => {
    const validUntil = Math.floor((Date.now() + HOUR) / 1000);
    desk = await openDesk({ caveats: [{ type: 'time', validUntil }] });
    const id = await asks(desk, 'lena');
    await desk.passes(DAY);
    await approves(desk, 'cora', id);
    expect(await statusOf(desk, id)).toBe('carrying out');
    expect(conversation(desk, aboutRequests())).toEqual([
      operatorsRead(id, { until: '‹91d›', why: 'tokenExpired' }),
    ]);
    expect(members(desk)).toEqual({});
  });

  it('that is too narrow to let anybody in keeps what was asked', async () => {
    const whitelist = CONFINED.whitelist.filter((it) => !it.startsWith('ozw/create/'));
    desk = await openDesk({ caveats: [{ ...CONFINED, whitelist }] });
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    expect(await statusOf(desk, id)).toBe('carrying out');
    expect(conversation(desk, aboutRequests())).toEqual([
      operatorsRead(id, { until: '‹90d›', why: 'tokenTooNarrow' }),
    ]);
    expect(members(desk)).toEqual({});
    expect(desk.texts(CHANNELS.team)).toEqual([]);
  });
});

describe('what is gone from Onezone', () => {
  beforeEach(async () => {
    desk = await openDesk();
    await linked(desk, 'lena');
  });

  it('as a user fails the grant in words', async () => {
    const id = await asks(desk, 'lena');
    deletesUser(desk, 'lena');
    await approves(desk, 'cora', id);
    const why =
      `The Onezone user of ${at('lena')} no longer exists.\n` +
      `Next: Renew the link with \`/handle link\` ${at('lena')}, then ask again.\n` +
      'Support id: `‹support id›`';
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `❌ *Failed:* you asked to use *DataCite* until ‹90d›.\n${why}`,
    ]);
    expect(wordsOf(approvalOf(desk, id))).toMatch(/^❌ \*Failed:\* /);
    expect(screen(approvalOf(desk, id))).toContain('(Details)');
    expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    expect((await onRecord(desk, id)).at(-1)).toMatchObject({
      what: 'failed',
      detail: { supportId: '‹supportId›', outcomes: [{ kind: 'failed' }] },
    });
  });

  it('as a user whom only e-mail connects is told to the approver', async () => {
    const id = await asks(desk, 'lena', { people: ['tom'] });
    deletesUser(desk, 'tom');
    expect(await isRefused(desk, 'cora', id)).toBe(
      `⛔ The Onezone user that ${at('tom')} is linked to no longer exists.\n` +
        `Next: Someone who may link can renew it with \`/handle link\` ${at('tom')}.`,
    );
    expect(await statusOf(desk, id)).toBe('pending');
    expect(members(desk)).toEqual({});
  });

  it('as a service is told to the approver who clicks', async () => {
    const id = await asks(desk, 'lena');
    deletesService(desk);
    expect(await isRefused(desk, 'cora', id)).toBe(
      '⛔ The handle service “DataCite” no longer exists in Onezone.\n' +
        'Next: Type `/handle services` to see those that do.',
    );
    expect((await onRecord(desk, id)).at(-1)).toMatchObject({
      what: 'refused',
      detail: { code: 'serviceGone' },
    });
  });

  it('as a service fails the grant in words when it goes just then', async () => {
    meanwhile(desk, { method: 'GET', path: /privileges$/ }, () => {
      deletesService(desk);
    });
    await asks(desk, 'cora', { people: ['lena'] });
    expect(conversation(desk, desk.told('cora'))).toEqual([
      `❌ *Failed:* you asked to let ${at('lena')} use *DataCite* until ‹90d›.\n` +
        'The handle service “DataCite” no longer exists in Onezone.\n' +
        'Next: Type `/handle services` to see those that do.\n' +
        'Support id: `‹support id›`',
    ]);
    expect(desk.told('lena')).toEqual([]);
    expect(desk.texts(CHANNELS.team)).toEqual([]);
  });
});
