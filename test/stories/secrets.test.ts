import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { approvalOf, approves, asks, denies, isRefused } from './acting.js';
import { answered, answerTo, opens, sends, told } from './acts.js';
import { CANARIES, CHANNELS, DAY, type Desk, openDesk, PEOPLE } from './desk.js';
import { DATACITE_EXAMPLE } from './registrar.js';

jest.setTimeout(30_000);

let desk: Desk;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  desk = await openDesk({ databaseUrl: `sqlite:${folder}/desk.db`, onezoneTimeoutMs: 250 });
});
afterEach(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a run in which everything goes well leaves no secret behind', async () => {
  await allGoesWell();
  expectNoSecrets();
});

it('a run in which everything goes wrong leaves none either', async () => {
  await allGoesWrong();
  const levels = new Set(desk.log().match(/"level":"\w+"/g));
  expect([...levels].sort()).toEqual(
    ['debug', 'error', 'fatal', 'info', 'warn'].map((it) => `"level":"${it}"`),
  );
  expectNoSecrets();
});

async function allGoesWell(): Promise<void> {
  await opens(desk, 'ada', '/handle-register');
  await sends(desk, 'ada', DATACITE_EXAMPLE);
  const id = await asks(desk, 'lena', { duration: '8h' });
  await approves(desk, 'cora', id);
  await opens(desk, 'cora', '/handle link @tom');
  await sends(desk, 'cora');
  await desk.as('lena').opensHome();
  await desk.as('tom').uses('request_access');
  await desk.as('tom').mentionsBot('hello', CHANNELS.team);
  for (const line of ['help', 'mine', 'services', 'show DataCite', 'whoami', 'requests']) {
    await told(desk, 'lena', `/handle ${line}`);
  }
  await desk.passes(DAY);
}

async function allGoesWrong(): Promise<void> {
  await told(desk, 'gwen', '/handle request');
  await told(desk, 'lena', '/handle register');
  await refusedBySlack();
  await refusedByOnezone();
  const id = await asks(desk, 'lena');
  await isRefused(desk, 'lena', id);
  await denies(desk, 'cora', id, 'Not yet');
  await theResponseAddressIsGone();
  await notFromSlack();
}

/** In steps, so that what failed is tried again and again. */
async function anHourPasses(): Promise<void> {
  for (let minutes = 0; minutes < 60; minutes += 5) await desk.passes(5 * 60_000);
}

async function refusedBySlack(): Promise<void> {
  const { faults } = desk.slack;
  faults.add({ kind: 'error', method: 'views.open', error: 'expired_trigger_id' });
  expect(await told(desk, 'lena', '/handle request')).toContain('Slack waited too long');
  faults.add({ kind: 'html', method: 'views.open' });
  expect(await told(desk, 'lena', '/handle request')).toContain('support id `‹support id›`');
  faults.add({ kind: 'reset', method: 'views.open' });
  expect(await told(desk, 'ada', '/handle register')).toContain('support id `‹support id›`');
  faults.add({ kind: 'error', method: 'chat.postMessage', error: 'invalid_auth', times: 3 });
  faults.add({
    kind: 'status',
    method: 'chat.postMessage',
    status: 500,
    body: desk.slack.botToken,
  });
  await asks(desk, 'lena');
  await anHourPasses();
}

async function refusedByOnezone(): Promise<void> {
  const { faults } = desk.zone;
  faults.add({ kind: 'commit-then-reset', method: 'POST', path: '*/handle_services', times: 1 });
  faults.add({ kind: 'crash', method: 'GET', path: '*/handle_services', times: 2 });
  await opens(desk, 'ada', '/handle-register');
  await sends(desk, 'ada', DATACITE_EXAMPLE);
  await anHourPasses();
  faults.add({ kind: 'status', status: 401, errorId: 'unauthorized', times: 6 });
  const id = await asks(desk, 'lena', { duration: '8h' });
  await anHourPasses();
  faults.add({ kind: 'hang', method: 'PUT', times: 2 });
  await desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
  await anHourPasses();
}

/** It can no longer be said where it was asked: it comes as a direct message. */
async function theResponseAddressIsGone(): Promise<void> {
  const list = await answered(desk, 'lena', '/handle services');
  await answerTo(desk, 'lena', () => desk.as('lena').clicks(list, 'show_service'));
  const sent = desk.slack.deliveries.at(-1);
  if (sent === undefined) throw new Error('Nothing was sent.');
  for (const key of Object.keys(desk.slack.state.responseUrls)) {
    Reflect.deleteProperty(desk.slack.state.responseUrls, key);
  }
  await desk.bot.services.store.deliveries.sweep(desk.now());
  const before = desk.told('lena').length;
  await desk.slack.redeliver(sent);
  await desk.slack.until(() => desk.told('lena').length > before, 'a direct message instead');
}

async function notFromSlack(): Promise<void> {
  const [sent] = desk.slack.deliveries;
  if (sent === undefined) throw new Error('Nothing was sent.');
  await desk.slack.redeliver(sent, { signature: 'wrong' });
  await desk.slack.redeliver(sent, { skew: 3600 });
  await desk.slack.redeliver(sent, { padTo: 2_000_000 });
}

function expectNoSecrets(): void {
  const places = {
    log: desk.log(),
    store: readdirSync(folder)
      .map((it) => readFileSync(join(folder, it), 'latin1'))
      .join(''),
    calls: JSON.stringify(
      desk.slack.calls.map(({ method, args }) => ({ method, ...args, trigger_id: '' })),
    ),
    screens: JSON.stringify([
      desk.slack.state.messages,
      desk.slack.state.ephemerals,
      desk.slack.state.views,
    ]),
  };
  const secrets = [...credentials(), ...addressesAndTriggers()];
  expect(secrets.length).toBeGreaterThan(12);
  const found = Object.entries(places).flatMap(([place, text]) =>
    secrets.filter((it) => text.includes(it)).map((secret) => ({ place, secret })),
  );
  expect(found).toEqual([]);
  // The places were not empty either.
  expect(places.log).toContain(PEOPLE.lena);
  expect(places.store).toContain('Survey data for my thesis');
  expect(places.calls).toContain('DataCite');
}

function credentials(): readonly string[] {
  const basic = (user: string, password: string) =>
    Buffer.from(`${user}:${password}`).toString('base64');
  return [
    desk.slack.botToken,
    desk.slack.signingSecret,
    desk.account.token,
    CANARIES.registrar,
    CANARIES.onezone,
    basic('mds-user', CANARIES.registrar),
  ];
}

const Short = z.looseObject({
  trigger_id: z.string().optional(),
  response_url: z.string().optional(),
});

/** What Slack gives out for a moment, and what is as good as a token for that long. */
function addressesAndTriggers(): readonly string[] {
  const all = desk.slack.deliveries.flatMap(({ payload }) => {
    const { trigger_id: trigger, response_url: address } = Short.parse(payload);
    return [trigger, address, address === undefined ? undefined : new URL(address).pathname];
  });
  return [...new Set(all.filter((it) => it !== undefined && it !== ''))].filter(
    (it) => it !== undefined,
  );
}
