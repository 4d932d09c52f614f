import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Change } from '../../src/changes/change.js';
import { changes as allChanges } from '../../src/changes/index.js';
import { errorCode } from '../../src/error-code.js';
import type { Document } from '../../src/markup/parts.js';
import { withdraw } from '../../src/operations/withdraw.js';
import { oneEngine, type TestDatabase } from '../store/databases.js';
import {
  addsService,
  approves,
  asks,
  isRefused,
  linked,
  onlyAsks,
  reviews,
  statusOf,
} from './acting.js';
import { lastRequest, opens, sends, told } from './acts.js';
import { CANARIES, CHANNELS, type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import { at, conversation, life, members, reads, USE } from './reading.js';
import { DATACITE_EXAMPLE } from './registrar.js';

const MINUTE = 60_000;

let desk: Desk;
afterEach(() => desk.stop());

/** The desk as it is, but for one change in which somebody made a mistake. */
const withMistake = (name: string, mend: (change: Change) => Partial<Change>): readonly Change[] =>
  allChanges.map((change) => (change.name === name ? { ...change, ...mend(change) } : change));

/** The store is asked until it says so. */
async function isAt(id: string, status: string): Promise<void> {
  const deadline = Date.now() + 8000;
  while ((await statusOf(desk, id)) !== status) {
    if (Date.now() > deadline)
      throw new Error(`${id} is ${await statusOf(desk, id)}, not ${status}.`);
    await setTimeout(20);
  }
}

/** Of a pipe, as soon as somebody reads it: opened earlier, it would stop this process, and whoever should come to read with it. */
async function writingEnd(pipe: string): Promise<number> {
  const deadline = Date.now() + 8000;
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (errorCode(error) !== 'ENXIO' || Date.now() > deadline) throw error;
    }
    await setTimeout(20);
  }
}

describe('a fault of the desk itself', () => {
  it('is told once after a few tries, under a support id, and “Try again” takes it up', async () => {
    let isMended = false;
    desk = await openDesk({
      changes: withMistake('grant', ({ carryOut }) => ({
        carryOut: (...given) =>
          isMended ? carryOut(...given) : Promise.reject(new TypeError('nobody foresaw this')),
      })),
    });
    await linked(desk, 'lena');
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    expect(desk.texts(CHANNELS.ops)).toEqual([]);
    for (let tries = 0; tries < 8; tries += 1) await desk.passes(2 * MINUTE);
    expect(await statusOf(desk, id)).toBe('approved');
    expect(conversation(desk, desk.texts(CHANNELS.ops))).toEqual([
      `👍 *Approved:* ${at('lena')} asked to use *DataCite* for 90 days.\n` +
        'The desk itself has a problem.\n' +
        'Next: An operator has to look at it. It is kept and tried on; “Try again” tries it now.\n' +
        'Support id: `‹support id›`\n' +
        'Nothing is lost: the request is kept.\n' +
        'Look for `‹support id›` in the log and with `npx handle-desk audit export`.\n' +
        `Request ${id}`,
    ]);
    const supportId = /Support id: `(?<id>[0-9A-F]{10})`/.exec(desk.told('lena').join());
    expect(conversation(desk, desk.told('lena'))).toEqual([
      '⏳ *The desk itself has a problem.* Your request is kept, and an operator has been told; you need not ask again.\n' +
        'Support id: `‹support id›`\n' +
        `${id}: you asked to use *DataCite* for 90 days`,
    ]);
    expect(desk.log()).toContain(supportId?.groups?.['id'] ?? 'no support id');
    expect(desk.log()).toContain('nobody foresaw this');

    isMended = true;
    const [card] = desk.slack.messages(CHANNELS.ops);
    if (card === undefined) throw new Error('The operators were told a moment ago.');
    await desk.as('cora').clicks(card, 'request_retry');
    await desk.slack.until(() => Object.keys(members(desk)).length > 0, 'access');
    await desk.works();
    expect(members(desk)).toEqual({ lena: USE });
    expect(await statusOf(desk, id)).toBe('done');
    expect(await life(desk, id)).toContain(`${PEOPLE.cora}: taken up again`);
  });

  it('in a message that cannot be drawn does not hold up what comes after it', async () => {
    const broken = (): Document => {
      throw new TypeError('nobody can draw this');
    };
    let isBroken = true;
    desk = await openDesk({
      changes: withMistake('grant', ({ words }) => ({
        words: {
          ...words,
          announcement: (...given) => (isBroken ? broken() : words.announcement(...given)),
        },
      })),
    });
    await linked(desk, 'lena', 'tom');
    await approves(desk, 'cora', await asks(desk, 'lena'));
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    for (let tries = 0; tries < 27; tries += 1) await desk.passes(2 * MINUTE);
    expect(desk.log()).toContain('job set aside');
    isBroken = false;
    await approves(desk, 'cora', await asks(desk, 'tom'));
    expect(conversation(desk, desk.texts(CHANNELS.team)).join()).toContain(at('tom'));
  });
});

describe('a worker that was stalled until its lease ran out', () => {
  it('does not register what another has registered by then', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stalled-'));
    const password = join(folder, 'password');
    writeFileSync(password, CANARIES.registrar);
    const policy = POLICY.replace('env:DATACITE_PASSWORD', `file:${password}`);
    desk = await openDesk({ policy });
    await opens(desk, 'ada', '/handle-register');
    // From the moment at which the carrying out begins, whoever reads the password waits for somebody to write it.
    const off = desk.zone.on(() => {
      const last = desk.zone.log.at(-1);
      if (last?.method !== 'GET' || !last.path.endsWith('/handle_services')) return;
      off();
      rmSync(password);
      execFileSync('mkfifo', [password]);
    });
    await sends(desk, 'ada', DATACITE_EXAMPLE);
    const { id } = await lastRequest(desk);
    await isAt(id, 'carrying out');
    const held = await writingEnd(password);
    rmSync(password);
    writeFileSync(password, CANARIES.registrar);
    const rest = desk.passes(30_000);
    await isAt(id, 'done');
    writeSync(held, CANARIES.registrar);
    closeSync(held);
    await rest;
    await desk.works();
    rmSync(folder, { recursive: true });
    const posts = desk.zone.log.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/handle_services'),
    );
    expect(posts).toHaveLength(1);
    expect(desk.log()).toContain('job was taken over by another worker');
    expect(
      desk
        .told('ada')
        .filter((text) => text.startsWith(`✅ *${DATACITE_EXAMPLE.name}* is now a handle service`)),
    ).toHaveLength(1);
  });
});

describe('what an approver writes to the requester', () => {
  it('arrives with the approval', async () => {
    desk = await openDesk();
    const id = await asks(desk, 'lena');
    await reviews(desk, 'cora', id, { verdict: 'approve', comment: 'Mind the *test* prefix.' });
    expect(members(desk)).toEqual({ lena: USE });
    const [outcome] = conversation(desk, desk.told('lena').slice(-1));
    expect(outcome).toContain(at('cora'));
    expect(outcome).toContain('Mind the');
    expect(outcome).toContain('prefix.');
  });
});

describe('notices of one and the same moment', () => {
  it('are as many messages', async () => {
    desk = await openDesk();
    await linked(desk, 'lena', 'tom');
    await asks(desk, 'ada', { people: ['lena', 'tom'] });
    const { users } = desk.zone.state.handleServices[desk.datacite] ?? { users: {} };
    for (const name of ['lena', 'tom'] as const) {
      Reflect.deleteProperty(users, desk.onezoneIds[name]);
    }
    await asks(desk, 'ada', { people: ['lena', 'tom'], level: 'maintain' });
    const notices = conversation(desk, desk.texts(CHANNELS.ops));
    expect(notices.filter((text) => text.includes('‹lena›'))).toHaveLength(1);
    expect(notices.filter((text) => text.includes('‹tom›'))).toHaveLength(1);
  });
});

describe('a registration that Onezone denies', () => {
  it('is told with what to do, and how to ask for a registration again', async () => {
    desk = await openDesk();
    desk.zone.faults.add({
      kind: 'status',
      status: 403,
      errorId: 'forbidden',
      method: 'POST',
      path: '*/handle_services',
      times: 1,
    });
    await opens(desk, 'cora', '/handle-register');
    await sends(desk, 'cora', DATACITE_EXAMPLE);
    await desk.works();
    const [{ id } = { id: '' }] = await desk.bot.services.store.requests.find({ limit: 1 });
    await approves(desk, 'ada', id, PEOPLE.ada).catch(() => approves(desk, 'ada', id));
    expect(await statusOf(desk, id)).toBe('failed');
    expect(reads(desk, desk.told('cora').join())).toContain('then ask again');
    expect(desk.told('cora').join()).not.toContain('/handle request');
  });
});

describe('a link that an approval would confirm', () => {
  it('is not stored when the approval is not', async () => {
    desk = await openDesk();
    const id = await asks(desk, 'lena');
    // Withdrawn between the approver’s look and the approval.
    desk.zone.faults.add({ kind: 'delay', ms: 1500, method: 'GET', times: 1 });
    const press = isRefused(desk, 'cora', id);
    await desk.slack.until(() => desk.zone.faults.active.length === 0, 'the second look');
    await withdraw(desk.bot.services, id, PEOPLE.lena);
    expect(await press).toContain('Someone else just moved');
    await desk.works();
    expect(await statusOf(desk, id)).toBe('withdrawn');
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.lena)).toBeNull();
  });
});

describe('a stored request that cannot be read', () => {
  let database: TestDatabase | null = null;
  afterEach(() => database?.drop());

  it('is left out of lists, logged, and told to the operators once', async () => {
    database = await oneEngine().create();
    desk = await openDesk({ databaseUrl: database.url });
    const broken = await onlyAsks(desk, 'lena');
    await desk.works();
    const whole = await asks(desk, 'lena', { level: 'maintain' });
    await database.raw(`update requests set doc = '{"schema":2}' where id = '${broken}'`);
    const list = await told(desk, 'lena', '/handle requests');
    expect(list).toContain(whole);
    expect(list).not.toContain(broken);
    for (let round = 0; round < 3; round += 1) await desk.passes(6 * MINUTE);
    expect(desk.texts(CHANNELS.ops)).toEqual([
      `⚠️ The stored request ${broken} cannot be read; lists leave it out, and nothing of it goes on. ` +
        'Next: the log says what is wrong with it; restore it from a backup.',
    ]);
    expect(desk.log()).toContain('a stored request cannot be read');
    expect(await addsService(desk, 'Another')).not.toBe('');
  });
});
