import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { z } from 'zod';
import { approvalOf, asks, linked, meanwhile, onlyAsks, statusOf } from './acting.js';
import { CHANNELS, DAY, type Desk, openDesk } from './desk.js';
import { life, mark, members, onRecord, reads, USE, writesSince } from './reading.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({ lasting: true });
  await linked(desk, 'lena');
});
afterEach(() => desk.stop());

const MINUTE = 60_000;

/** The keys and times of the jobs that the database holds at this moment. */
function storedJobs(): readonly string[] {
  const file = new Libsql(desk.databaseUrl.replace('sqlite:', ''));
  const rows = file.prepare('select key, due_at from jobs order by key').all();
  file.close();
  return rows.map((it) => reads(desk, JSON.stringify(it)));
}

const StoredAccess = z.object({
  claims: z.array(
    z.object({
      request: z.string(),
      state: z.object({ kind: z.string() }),
      until: z.string().nullable(),
    }),
  ),
  writing: z.object({ to: z.array(z.string()).nullable() }).nullable(),
});

/** What the database holds of Lena's access at this moment: each claim, and what the call on its way is to make of it. */
function storedClaims(): readonly unknown[] {
  const file = new Libsql(desk.databaseUrl.replace('sqlite:', ''));
  const rows = z
    .array(z.object({ doc: z.string() }))
    .parse(file.prepare('select doc from accesses').all());
  file.close();
  return rows.flatMap(({ doc }) => {
    const { claims, writing } = StoredAccess.parse(JSON.parse(reads(desk, doc)));
    return claims.map(({ request, state, until }) => ({
      request,
      state: state.kind,
      until,
      writing: writing?.to ?? null,
    }));
  });
}

/** The bot dies as soon as Onezone has taken such a call, and comes back a while later. */
async function diesAt(
  call: { readonly method: string; readonly path: RegExp },
  act: () => Promise<unknown>,
): Promise<void> {
  let died = false;
  meanwhile(desk, call, () => {
    died = true;
    desk.dies();
  });
  await act();
  await desk.slack.until(() => died, 'the end of the bot');
  await desk.comesBack();
  await desk.passes(MINUTE);
  await desk.passes(MINUTE);
}

describe('the end of a grant', () => {
  // What the database holds is read from its file, so this one is a file whatever the other stories happen on.
  let folder: string;
  beforeEach(async () => {
    await desk.stop();
    folder = mkdtempSync(join(tmpdir(), 'end-'));
    desk = await openDesk({ databaseUrl: `sqlite:${join(folder, 'desk.db')}` });
    await linked(desk, 'lena');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is stored before Onezone is asked to let anybody in', async () => {
    let jobs: readonly string[] = [];
    let claims: readonly unknown[] = [];
    meanwhile(desk, { method: 'PUT', path: /users/ }, () => {
      jobs = storedJobs();
      claims = storedClaims();
    });
    const id = await asks(desk, 'cora', { people: ['lena'] });
    // The job looks at the claim again until it was read back, so a claim whose time came meanwhile is taken away by it.
    expect(jobs).toContain('{"key":"reconcile:‹DataCite›:‹lena›","due_at":"‹0d›"}');
    expect(claims).toEqual([{ request: id, state: 'wanted', until: '‹90d›', writing: USE }]);
    expect(storedJobs()).toContain('{"key":"access-clock:‹DataCite›:‹lena›","due_at":"‹87d›"}');
    await desk.passes(87 * DAY + MINUTE);
    await desk.passes(2 * DAY);
    expect(storedJobs()).toContain('{"key":"access-clock:‹DataCite›:‹lena›","due_at":"‹90d›"}');
  });

  it('is not stored for a permanent one', async () => {
    const id = await asks(desk, 'cora', { people: ['lena'], duration: 'permanent' });
    expect(members(desk)).toEqual({ lena: USE });
    expect(storedClaims()).toEqual([{ request: id, state: 'given', until: null, writing: null }]);
    expect(storedJobs().join()).not.toContain('access-clock');
  });
});

describe('a bot that dies', () => {
  it('after the PUT finds out that it was done, tells everybody once, and ends it in time (peers’ case 5)', async () => {
    const from = mark(desk);
    desk.zone.faults.add({ kind: 'commit-then-reset', method: 'PUT', times: 1 });
    await diesAt({ method: 'PUT', path: /users/ }, () =>
      onlyAsks(desk, 'cora', { people: ['lena'] }),
    );
    const [request] = await desk.bot.services.store.requests.find({});
    const id = request?.id ?? '';
    expect(await statusOf(desk, id)).toBe('done');
    expect(members(desk)).toEqual({ lena: USE });
    expect(writesSince(desk, from)).toEqual(['PUT /handle_services/‹DataCite›/users/‹lena› reset']);
    expect((await onRecord(desk, id)).at(-1)?.detail).toMatchObject({
      outcomes: [{ kind: 'done', has: USE, added: USE }],
    });
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    expect(desk.told('lena')).toHaveLength(1);
    await desk.passes(91 * DAY);
    expect(members(desk)).toEqual({});
    expect(desk.told('lena')).toHaveLength(2);
    expect(await desk.bot.services.store.audit.verify()).toMatchObject({ brokenAt: null });
  });

  it('after reading what was there, before the PUT, carries it out once', async () => {
    const id = await asks(desk, 'lena');
    const message = approvalOf(desk, id);
    await diesAt({ method: 'PUT', path: /users/ }, async () => {
      desk.zone.faults.add({ kind: 'reset-before', method: 'PUT', times: 1 });
      await desk.as('cora').clicks(message, 'request_approve');
    });
    expect(await statusOf(desk, id)).toBe('done');
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
  });

  it('before an approval is written down approves all the same, for the click is stored', async () => {
    const id = await asks(desk, 'lena');
    const before = mark(desk);
    await diesAt({ method: 'GET', path: /privileges$/ }, async () => {
      await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    });
    expect(await statusOf(desk, id)).toBe('done');
    expect(await life(desk, id)).toEqual([
      'U0LENA: asked',
      'bot: previewed',
      'U0CORA: approved',
      'bot: started',
      'bot: carried out',
    ]);
    expect(writesSince(desk, before)).toEqual(['PUT /handle_services/‹DataCite›/users/‹lena› 201']);
    expect(members(desk)).toEqual({ lena: USE });
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.told('cora')).toEqual([]);
  });

  it('while it takes access back finishes that', async () => {
    const id = await asks(desk, 'cora', { people: ['lena'] });
    desk.zone.faults.add({ kind: 'commit-then-reset', method: 'DELETE', times: 1 });
    await diesAt({ method: 'DELETE', path: /users/ }, () =>
      desk.passes(91 * DAY).catch(() => undefined),
    );
    expect(members(desk)).toEqual({});
    expect(await life(desk, id)).toEqual([
      'U0CORA: asked',
      'bot: started',
      'bot: carried out',
      'bot: ended',
    ]);
    expect(desk.told('lena')).toHaveLength(2);
  });

  it('after Slack took the announcement does not announce again', async () => {
    let died = false;
    desk.slack.faults.add({
      kind: 'commit-then-reset',
      method: 'chat.postMessage',
      channel: CHANNELS.team,
    });
    const off = desk.slack.on((change) => {
      if (change.type !== 'message' || change.channel !== CHANNELS.team) return;
      off();
      died = true;
      desk.dies();
    });
    await onlyAsks(desk, 'cora', { people: ['lena'] });
    await desk.slack.until(() => died, 'the end of the bot');
    await desk.comesBack();
    await desk.passes(MINUTE);
    await desk.passes(MINUTE);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    expect(desk.told('lena')).toHaveLength(1);
    expect(desk.told('cora')).toHaveLength(1);
  });
});
