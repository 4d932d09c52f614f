import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Bot } from '../../src/bot.js';
import { startOnezoneSandbox, type OnezoneSandbox } from '../../src/sandbox/onezone/server.js';
import { startSlackSandbox, type SlackSandbox } from '../../src/sandbox/slack/server.js';
import { CANARIES, CHANNELS, DAY, PEOPLE, POLICY } from './desk.js';
import { USE } from './reading.js';
import { startBot } from './start-bot.js';

const Fixture = z.object({
  now: z.coerce.date(),
  requests: z.array(
    z.object({ scenario: z.string(), id: z.string(), service: z.string().nullable() }),
  ),
  services: z.record(
    z.string(),
    z.object({ id: z.string(), users: z.record(z.string(), z.array(z.string())) }),
  ),
  onezoneIds: z.record(z.string(), z.string()),
  slackIds: z.record(z.string(), z.string()),
  goneFromOnezone: z.array(z.string()),
});

const folder = 'test/store/fixtures';
const fixture = Fixture.parse(JSON.parse(readFileSync(`${folder}/released-0.1.0.json`, 'utf8')));
const idOf = (scenario: string): string =>
  fixture.requests.find((request) => request.scenario === scenario)?.id ?? '';

let offset = fixture.now.getTime() - Date.now();
const now = (): Date => new Date(Date.now() + offset);
let slack: SlackSandbox;
let zone: OnezoneSandbox;
let bot: Bot;
let place: string;

/** Version 0.1.0 was stopped, this one is started on its database, and Onezone answers again. */
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'upgrade-'));
  const databaseUrl = `sqlite:${join(place, 'desk.db')}`;
  const file = new Libsql(join(place, 'desk.db'));
  file.exec(readFileSync(`${folder}/released-0.1.0.sql`, 'utf8'));
  file.close();
  const policyFile = join(place, 'policy.yml');
  writeFileSync(policyFile, POLICY);
  const manifest: unknown = parse(readFileSync('manifest.yml', 'utf8'));
  slack = await startSlackSandbox({ manifest, now });
  zone = await startOnezoneSandbox({ now });
  for (const [name, id] of Object.entries(fixture.slackIds)) {
    slack.addUser({
      id,
      name,
      real_name: name,
      email: `${name}@example.org`,
      is_restricted: name === 'gwen',
    });
  }
  const members = [slack.state.app.botUserId, ...Object.values(fixture.slackIds)];
  for (const [name, id] of Object.entries(CHANNELS)) slack.addChannel({ id, name, members });
  for (const [username, userId] of Object.entries(fixture.onezoneIds)) {
    if (fixture.goneFromOnezone.includes(username)) continue;
    const privileges = username === 'desk' ? { privileges: 'all' as const } : {};
    zone.addUser({ userId, username, emails: [`${username}@example.org`], ...privileges });
  }
  for (const [name, { id, users }] of Object.entries(fixture.services)) {
    zone.addHandleService({ handleServiceId: id, name, users });
  }
  bot = await startBot({
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      ONEZONE_URL: zone.url,
      ONEZONE_TOKEN: zone.mintToken({ userId: fixture.onezoneIds['desk'] ?? '' }),
      DATABASE_URL: databaseUrl,
      POLICY_FILE: policyFile,
      HOST: '127.0.0.1',
      PORT: '0',
      OPS_PORT: '0',
      DATACITE_USER: 'mds-user',
      DATACITE_PASSWORD: CANARIES.registrar,
    },
    write: () => undefined,
    now,
    onezoneTimeoutMs: undefined,
    changes: undefined,
  });
  slack.setRequestUrl(`http://127.0.0.1:${String(bot.ports().slack)}/slack/events`);
  await passes(2 * 60_000);
  await passes(2 * 60_000);
});
afterAll(async () => {
  await bot.stop();
  await slack.stop();
  await zone.stop();
  rmSync(place, { recursive: true });
});

async function passes(ms: number): Promise<void> {
  offset += ms;
  await bot.worker.settle();
}

/** Who is a member of the service of a scenario, by name. */
function members(scenario: string): Readonly<Record<string, readonly string[]>> {
  const { service = null } =
    fixture.requests.find((request) => request.scenario === scenario) ?? {};
  const { users = {} } = zone.state.handleServices[service ?? ''] ?? {};
  const names = new Map(Object.entries(fixture.onezoneIds).map(([name, id]) => [id, name]));
  return Object.fromEntries(
    Object.entries(users).map(([id, privileges]) => [names.get(id) ?? id, [...privileges].sort()]),
  );
}

async function status(scenario: string): Promise<string | undefined> {
  return (await bot.services.store.requests.load(idOf(scenario)))?.status;
}

describe('a database of version 0.1.0', () => {
  it('is gone on with: what was approved or begun is carried out', async () => {
    expect(await status('approved, kept')).toBe('done');
    expect(await status('carrying out')).toBe('done');
    expect(members('carrying out')).toEqual({ p03: [...USE].sort(), p04: [...USE].sort() });
  });

  it('ends what should have ended, and says so once', () => {
    expect(members('ending')).toEqual({});
    const told = slack.directMessages(fixture.slackIds['p02'] ?? '').map(({ text }) => text);
    expect(told.filter((text) => text.includes('has ended'))).toHaveLength(1);
  });

  it('keeps what is active, and waits for who has to decide', async () => {
    expect(members('active with an end')['tom']).toEqual([...USE].sort());
    expect(await status('pending')).toBe('pending');
    expect(await status('pending, one of two')).toBe('pending');
    const [message] = slack
      .messages(CHANNELS.desk)
      .filter(
        ({ metadata }) =>
          metadata?.event_payload['key'] === `notify:${idOf('pending')}:approval:${CHANNELS.desk}`,
      );
    if (message !== undefined) await slack.as(PEOPLE.cora).clicks(message, 'request_approve');
    await passes(60_000);
    if (message !== undefined) expect(await status('pending')).toBe('done');
  });

  it('ends every access at its own time, and leaves what others gave', async () => {
    const before = members('active, member before')['tom'] ?? [];
    expect(before).toContain('handle_service_list_handles');
    await passes(100 * DAY);
    expect(members('active with an end')['tom']).toBeUndefined();
    expect(members('active, member before')['tom']).toEqual(
      expect.arrayContaining(['handle_service_list_handles', 'handle_service_view']),
    );
    expect(members('active, member before')['tom']).not.toContain('handle_service_register_handle');
    expect(members('overlapping, maintain')['tom']).toEqual([...USE].sort());
    await passes(300 * DAY);
    expect(members('overlapping, maintain')['tom']).toBeUndefined();
    expect(members('permanent')['gwen']).toEqual([...USE].sort());
  });

  it('keeps its record', async () => {
    expect(await bot.services.store.audit.verify()).toMatchObject({ brokenAt: null });
  });
});
