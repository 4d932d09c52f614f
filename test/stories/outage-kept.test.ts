import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ZoneFault } from '../../src/sandbox/onezone/faults.js';
import {
  approvalOf,
  approves,
  asks,
  linked,
  meanwhile,
  onlyAsks,
  statusOf,
  stored,
} from './acting.js';
import { CHANNELS, DAY, type Desk, openDesk, PEOPLE } from './desk.js';
import {
  at,
  conversation,
  life,
  mark,
  members,
  onRecord,
  reads,
  USE,
  writesSince,
} from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ onezoneTimeoutMs: 150 });
});
afterEach(() => desk.stop());

const MINUTE = 60_000;

type Kind = Exclude<ZoneFault['kind'], 'answer'> | 'breaker';

/** From now on Onezone answers nobody, or no such call. */
function breaks(
  kind: Kind,
  where: { readonly method?: string; readonly path?: string } = {},
): void {
  if (kind === 'breaker') desk.zone.setBreaker(true);
  else if (kind === 'status') desk.zone.faults.add({ ...where, kind, status: 502 });
  else if (kind === 'delay') desk.zone.faults.add({ ...where, kind, ms: 1000 });
  else desk.zone.faults.add({ ...where, kind });
}

function heals(): void {
  desk.zone.faults.clear();
  desk.zone.setBreaker(false);
}

/** The card of a wish of Lena’s while Onezone cannot say what it would do. */
const cardUnread = (who: string): string =>
  `⏳ ${at('lena')} asks to use *DataCite* for 90 days\n\n> Survey data for my thesis\n` +
  `${at('lena')}: ${who} · what they have now is not read yet\n` +
  'Onezone is not answering, so nobody can say what approving would do. *Approve* appears here as soon as it is known.\n' +
  '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.';

const keptPending = (id: string): string =>
  '⏳ *Onezone is not answering at the moment.* Your request is kept. It goes on by itself when Onezone is back; you need not ask again.\n' +
  `${id}: you asked to use *DataCite* for 90 days`;

const keptApproved = (id: string, wish = 'use'): string =>
  '⏳ *Onezone is not answering at the moment.* Your request is kept and will be carried out when Onezone is back; you need not ask again.\n' +
  `${id}: you asked to ${wish} *DataCite* until ‹90d›`;

const SILENT =
  'Onezone does not answer.\nNext: Nothing has to be done: it goes on as soon as Onezone answers.';
/** What is to be done depends on the cause. */
const CAUSES = {
  'reset-before': SILENT,
  hang: SILENT,
  breaker:
    'Onezone takes no calls: it protects itself, mostly because its disk is nearly full.\n' +
    'Next: An administrator of the zone has to make room there; then it goes on by itself.',
  'crash-empty':
    'Onezone, or a proxy before it, answers with an error.\n' +
    'Next: It is tried again by itself. If it lasts, an administrator of the zone should look into Onezone’s log.',
} as const;

describe('while Onezone is down, a wish', () => {
  it.each(['reset-before', 'hang', 'breaker', 'crash-empty'] as const)(
    'is kept, told once, and goes on by itself (%s)',
    async (kind) => {
      breaks(kind);
      const id = await asks(desk, 'lena');
      expect(conversation(desk, desk.told('lena'))).toEqual([keptPending(id)]);
      expect(conversation(desk, desk.texts(CHANNELS.ops))).toEqual([
        `⏳ *Waiting for agreement:* ${at('lena')} asked to use *DataCite* for 90 days.\n` +
          `${CAUSES[kind]}\n` +
          'Support id: `‹support id›`\nNothing is lost: the request is kept.\n' +
          `Look for \`‹support id›\` in the log and with \`npx handle-desk audit export\`.\nRequest ${id}`,
      ]);
      expect(wordsOf(approvalOf(desk, id))).toBe(
        cardUnread('lena in Onezone (same e-mail address, not confirmed yet)'),
      );
      expect(JSON.stringify(approvalOf(desk, id).blocks)).not.toContain('request_approve');
      await desk.passes(MINUTE);
      heals();
      await desk.passes(MINUTE);
      await approves(desk, 'cora', id);
      expect(members(desk)).toEqual({ lena: USE });
      expect(desk.told('lena')).toHaveLength(2);
      expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
      expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
      expect((await life(desk, id)).slice(0, 3)).toEqual([
        'U0LENA: asked',
        'bot: kept waiting',
        'bot: previewed',
      ]);
    },
  );

  it('is on record as kept, under the support id that the operators read', async () => {
    breaks('reset-before');
    const id = await asks(desk, 'lena');
    const { trouble } = await stored(desk, id);
    const kept = (await desk.audit()).find((it) => it.what === 'kept waiting');
    expect(kept).toMatchObject({
      who: 'bot',
      request: id,
      detail: { why: 'Onezone does not answer.', supportId: trouble?.supportId },
    });
    expect(desk.texts(CHANNELS.ops).join()).toContain(trouble?.supportId);
    expect(desk.log()).toContain(trouble?.supportId);
  });
});

describe('an approval while Onezone is down', () => {
  it('counts, and is carried out when Onezone is back', async () => {
    const id = await asks(desk, 'lena');
    breaks('reset-before');
    await approves(desk, 'cora', id);
    expect(conversation(desk, desk.told('lena'))).toEqual([keptApproved(id)]);
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toEqual([
      `⚙️ *Being carried out:* ${at('lena')} asked to use *DataCite* until ‹90d›.\nApproved by ${at('cora')} (‹0d›).\n` +
        '0 of 1 done.\n' +
        'Onezone is not answering. The request is kept and will be carried out when it is back.',
    ]);
    await desk.passes(MINUTE);
    heals();
    await desk.passes(MINUTE);
    await carriedOutOnce(id);
  });
});

describe('an outage while it is carried out', () => {
  const before: readonly Kind[] = ['reset-before', 'hang', 'breaker', 'crash-empty', 'status'];
  it.each(before)('before Onezone did anything leaves it to the next try (%s)', async (kind) => {
    const id = await asks(desk, 'lena');
    breaks(kind, { method: 'PUT' });
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({});
    await desk.passes(MINUTE);
    heals();
    await desk.passes(MINUTE);
    await carriedOutOnce(id);
    expect(conversation(desk, desk.told('lena'))[0]).toMatch(/^⏳ \*Onezone is not answering/);
  });

  const after: readonly Kind[] = ['commit-then-reset', 'commit-then-hang'];
  it.each(after)('after Onezone did it is settled by reading (%s)', async (kind) => {
    const id = await asks(desk, 'lena');
    desk.zone.faults.add({
      kind: kind === 'commit-then-hang' ? kind : 'commit-then-reset',
      method: 'PUT',
      times: 1,
    });
    const from = mark(desk);
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    await desk.passes(MINUTE);
    await carriedOutOnce(id);
    expect(writesSince(desk, from)).toEqual([
      `PUT /handle_services/‹DataCite›/users/‹lena› ${kind === 'commit-then-hang' ? 'hang' : 'reset'}`,
    ]);
  });

  it('is settled by reading too when the answer to a PATCH is lost', async () => {
    const { users } = desk.zone.state.handleServices[desk.datacite] ?? {};
    if (users !== undefined) users[desk.onezoneIds.lena] = ['handle_service_view'];
    const id = await asks(desk, 'lena');
    desk.zone.faults.add({ kind: 'commit-then-reset', method: 'PATCH', times: 5 });
    await approves(desk, 'cora', id);
    await desk.passes(MINUTE);
    heals();
    await desk.passes(MINUTE);
    expect(await statusOf(desk, id)).toBe('done');
    expect((await onRecord(desk, id)).at(-1)?.detail).toMatchObject({
      outcomes: [{ kind: 'done', has: USE, added: ['handle_service_register_handle'] }],
    });
  });

  it('is never called granted before it is true, though the approval was (peers’ case 1)', async () => {
    const id = await asks(desk, 'lena');
    desk.zone.faults.add({
      kind: 'status',
      status: 500,
      errorId: 'internalServerError',
      method: 'PUT',
    });
    await approves(desk, 'cora', id);
    await desk.passes(MINUTE);
    expect(await statusOf(desk, id)).toBe('carrying out');
    const read = [CHANNELS.desk, CHANNELS.team, CHANNELS.ops].flatMap((it) => desk.texts(it));
    expect([...read, ...desk.told('lena')].join('\n')).not.toMatch(
      /granted|can now|can use|✅|^Done|read back/im,
    );
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(
      `⚙️ *Being carried out:* ${at('lena')} asked to use *DataCite* until ‹90d›.\nApproved by ${at('cora')} (‹0d›).\n` +
        '0 of 1 done.\n' +
        'Onezone is not answering. The request is kept and will be carried out when it is back.',
    );
    heals();
    await desk.passes(MINUTE);
    await carriedOutOnce(id);
  });

  it('that lasts a week ends in a word of what is known, and whatever was added is taken back', async () => {
    const id = await asks(desk, 'lena');
    desk.zone.faults.add({ kind: 'commit-then-reset', method: 'PUT', times: 1 });
    meanwhile(desk, { method: 'PUT', path: /users/ }, () => {
      breaks('reset-before');
    });
    await approves(desk, 'cora', id);
    await desk.passes(8 * DAY);
    // The desk itself may have been off for that week: Onezone has to be asked a few times.
    expect(await statusOf(desk, id)).toBe('carrying out');
    for (let tries = 0; tries < 5; tries += 1) await desk.passes(10 * MINUTE);
    expect(await statusOf(desk, id)).toBe('unclear');
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      '❓ *Unclear:* you asked to use *DataCite* until ‹90d›.\n' +
        'Onezone has not answered for a week.\n' +
        'Next: Ask again when it is back; an operator has been told.\n' +
        'Support id: `‹support id›`',
    );
    expect(desk.texts(CHANNELS.ops).at(-1)).toContain('Onezone has not answered for a week.');
    expect(members(desk)).toEqual({ lena: USE });
    heals();
    await desk.passes(DAY);
    expect(members(desk)).toEqual({});
    expect(conversation(desk, desk.told('lena')).at(-1)).toBe(
      '🏁 Your access to *DataCite* has ended, 1 day late because Onezone or the desk was away. Nothing of it is left.',
    );
    expect(screen(desk.slack.directMessages(PEOPLE.lena).at(-1) ?? null)).toContain(
      '(Request access again)',
    );
    expect(desk.texts(CHANNELS.ops)).toHaveLength(2);
    expect(await changedMemberships()).toEqual([{ onezone: '‹lena›', from: USE, to: null }]);
  });

  it('and is denied when it is asked again is unclear, and what may have arrived is taken back', async () => {
    const id = await asks(desk, 'lena');
    desk.zone.faults.add({ kind: 'commit-then-reset', method: 'PUT', times: 1 });
    meanwhile(desk, { method: 'PUT', path: /users/ }, () => {
      const path = '*/users/*';
      desk.zone.faults.add({ kind: 'reset-before', path, times: 1 });
      desk.zone.faults.add({ kind: 'status', status: 403, errorId: 'forbidden', path, times: 1 });
    });
    await approves(desk, 'cora', id);
    for (let tries = 0; tries < 3; tries += 1) await desk.passes(10 * MINUTE);
    expect(desk.zone.faults.active).toEqual([]);
    expect(await statusOf(desk, id)).toBe('unclear');
    expect(members(desk)).toEqual({});
    expect(desk.texts(CHANNELS.team)).toEqual([]);
  });
});

describe('whoever nobody can name yet', () => {
  it('is found out when Onezone’s users have been read', async () => {
    await desk.stop();
    desk = await openDesk({
      before: (zone) => {
        zone.faults.add({ kind: 'crash-empty', path: '*/users' });
      },
    });
    const id = await asks(desk, 'lena');
    expect(conversation(desk, desk.told('lena'))).toEqual([keptPending(id)]);
    expect(wordsOf(approvalOf(desk, id))).toBe(cardUnread('Onezone user not known yet'));
    heals();
    await desk.passes(MINUTE);
    await desk.passes(MINUTE);
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE });
  });

  it('gets nothing unconfirmed where nobody has to agree', async () => {
    await desk.stop();
    desk = await openDesk({
      before: (zone) => {
        zone.faults.add({ kind: 'crash-empty', path: '*/users' });
      },
    });
    const id = await asks(desk, 'cora', { people: ['lena'] });
    heals();
    await desk.passes(MINUTE);
    await desk.passes(MINUTE);
    expect(await statusOf(desk, id)).toBe('failed');
    expect(members(desk)).toEqual({});
    expect(conversation(desk, desk.told('cora')).at(-1)).toContain(
      `${at('lena')} matches a Onezone user only by e-mail, and nobody would confirm it because this request needs no agreement.`,
    );
  });
});

describe('a wish that needs no agreement', () => {
  it('is answered at once though Onezone hangs', async () => {
    await linked(desk, 'lena');
    breaks('hang');
    const id = await onlyAsks(desk, 'cora', { people: ['lena'] });
    await desk.works();
    expect(await statusOf(desk, id)).toBe('carrying out');
    expect(members(desk)).toEqual({});
    expect(conversation(desk, desk.told('cora'))).toEqual([
      keptApproved(id, `let ${at('lena')} use`),
    ]);
    heals();
    await desk.passes(MINUTE);
    expect(members(desk)).toEqual({ lena: USE });
  });
});

async function changedMemberships(): Promise<readonly unknown[]> {
  return (await desk.audit())
    .filter((it) => it.what === 'access changed')
    .map((it): unknown => JSON.parse(reads(desk, JSON.stringify(it.detail))));
}

/** One membership, one announcement, one word to Lena, and the right record of what was added. */
async function carriedOutOnce(id: string): Promise<void> {
  expect(await statusOf(desk, id)).toBe('done');
  expect(members(desk)).toEqual({ lena: USE });
  expect(desk.texts(CHANNELS.team)).toHaveLength(1);
  expect(desk.told('lena')).toHaveLength(2);
  expect(desk.texts(CHANNELS.ops)).toHaveLength(1);
  expect((await onRecord(desk, id)).at(-1)).toMatchObject({
    what: 'carried out',
    detail: { outcomes: [{ kind: 'done', has: USE, added: USE }] },
  });
  expect(await changedMemberships()).toEqual([{ onezone: '‹lena›', from: null, to: USE }]);
}
