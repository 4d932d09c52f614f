import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { slack as slackSchema, faults as faultsSchema } from '../../src/sandbox/page/shown.js';
import { registration, chained, entry, granted } from './lines.js';
import { startStage, watch, post, type Screen, type Stage } from './stage.js';

let stage: Stage;
const screens: Screen[] = [];

beforeEach(async () => {
  stage = await startStage();
});

afterEach(async () => {
  for (const screen of screens.splice(0)) screen.close();
  await stage.stop();
});

async function screenOf(as: string): Promise<Screen> {
  const screen = await watch(stage, as);
  screens.push(screen);
  return screen;
}

const shown = (screen: Screen) => {
  const json: unknown = JSON.parse(screen.said('slack'));
  return slackSchema.parse(json);
};

const say = (channel: string, text: string) =>
  stage.bot.call('chat.postMessage', { channel, text });

describe('the stream', () => {
  it('knows nobody but the people of the sandbox', async () => {
    expect((await stage.request('/live?as=U0BOT')).status).toBe(404);
  });

  it('brings a message to everyone who can see it, and to nobody else', async () => {
    const [lena, gwen] = [await screenOf('U0LENA'), await screenOf('U0GWEN')];
    await say('C0DESK', 'for the staff');
    await say('C0TEAM', 'for everyone');
    await lena.until('slack', (json) => json.includes('for everyone'));
    await gwen.until('slack', (json) => json.includes('for everyone'));
    expect(lena.all()).toContain('for the staff');
    expect(gwen.all()).not.toContain('for the staff');
    expect(shown(gwen).conversations.map((conversation) => conversation.name)).toEqual([
      'open-data',
    ]);
    expect(shown(lena).conversations.map((conversation) => conversation.name)).toEqual([
      'open-data',
      'pid-desk',
    ]);
  });

  it('shows an ephemeral message to its reader alone, in its place', async () => {
    const [lena, tom] = [await screenOf('U0LENA'), await screenOf('U0TOM')];
    const only = { channel: 'C0TEAM', user: 'U0LENA', text: 'between us' };
    await stage.bot.call('chat.postEphemeral', only);
    await say('C0TEAM', 'and then');
    await tom.until('slack', (json) => json.includes('and then'));
    await lena.until('slack', (json) => json.includes('and then'));
    const [team] = shown(lena).conversations;
    expect(team?.messages.map((message) => [message.text, message.onlyYou])).toEqual([
      ['between us', true],
      ['and then', false],
    ]);
    expect(tom.all()).not.toContain('between us');
  });

  it('counts what each person has not read, and edits make nothing unread', async () => {
    const lena = await screenOf('U0LENA');
    await say('C0TEAM', 'one');
    await say('C0DESK', 'two');
    await stage.act('U0LENA', { do: 'type', channel: 'C0TEAM', text: 'three' });
    await lena.until('slack', (json) => json.includes('three'));
    expect(shown(lena).unread).toEqual({ U0ADA: 3, U0CORA: 3, U0LENA: 2, U0TOM: 3, U0GWEN: 2 });
    await stage.act('U0LENA', { do: 'read', channel: 'C0TEAM' });
    const ts = stage.slack.messages('C0TEAM')[0]?.ts ?? '';
    await stage.bot.call('chat.update', { channel: 'C0TEAM', ts, text: 'one, edited' });
    await lena.until('slack', (json) => json.includes('one, edited'));
    expect(shown(lena).unread).toMatchObject({ U0ADA: 3, U0LENA: 1 });
    expect(shown(lena).conversations.map((conversation) => conversation.unread)).toEqual([0, 1]);
    expect(shown(lena).conversations[0]?.messages[0]?.edited).not.toBeNull();
  });

  it('brings commands and shortcuts of the manifest with their hints', async () => {
    const screen = await screenOf('U0ADA');
    expect(screen.said('directory')).toContain('"command":"/handle-grant"');
    expect(screen.said('directory')).toContain('"hint":"[service] [@person ...]"');
    expect(screen.said('directory')).toContain('"id":"register_service"');
  });
});

describe('the zone', () => {
  it('is shown with its members, and how long this desk let them in', async () => {
    stage.zone.addUser({ userId: 'zone-lena', fullName: 'Lena in Onezone' });
    stage.zone.addHandleService({
      handleServiceId: 'service1',
      name: 'DataCite',
      users: { 'zone-lena': ['handle_service_view'] },
    });
    const { asked, approved, started, done, ended } = granted('R-00000002');
    const lines = chained(...registration, asked, approved, started, done, ended);
    stage.record(...lines.slice(0, -1));
    const screen = await screenOf('U0ADA');
    const until = '"lasts":{"kind":"until","at":"2027-02-20T10:00:00.000Z","request":"R-00000002"}';
    await screen.until('zone', (json) => json.includes(until));
    stage.record(...lines.slice(-1));
    await screen.until('zone', (json) => json.includes('"lasts":null'));
    expect(screen.said('zone')).toContain('"name":"Lena in Onezone"');
  });

  it('shows each request that reached it', async () => {
    const screen = await screenOf('U0ADA');
    await fetch(`${stage.zone.url}/api/v3/onezone/configuration`);
    await screen.until('calls', (json) =>
      json.includes('"method":"GET","path":"/api/v3/onezone/configuration","status":200'),
    );
  });
});

describe('secrets', () => {
  it('never reach the page', async () => {
    stage.zone.addHandleService({
      name: 'DataCite',
      proxyEndpoint: 'https://proxyuser:CANARY-proxy@hps.example.org/api',
      serviceProperties: {
        type: 'DOI',
        username: 'CANARY-user',
        password: 'CANARY-password',
        apiToken: 'CANARY-token',
        mediaEndpoint: '/media',
      },
    });
    stage.zone.addUser({ userId: 'u', username: 'u', password: 'CANARY-zone-password' });
    const token = stage.zone.mintToken({ userId: 'u' });
    await fetch(`${stage.zone.url}/api/v3/onezone/user`, {
      headers: { 'x-auth-token': token },
    });
    const screen = await screenOf('U0ADA');
    await stage.act('U0ADA', { do: 'type', channel: 'C0TEAM', text: '/handle' });
    const view = {
      type: 'modal',
      title: { type: 'plain_text', text: 'Form' },
      private_metadata: 'CANARY-metadata',
      blocks: [{ type: 'divider' }],
    };
    await stage.bot.call('views.open', {
      trigger_id: stage.bot.heard.at(-1)?.['trigger_id'],
      view,
    });
    const metadata = { event_type: 'posted', event_payload: { key: 'CANARY-key' } };
    await stage.bot.call('chat.postMessage', { channel: 'C0TEAM', text: 'last', metadata });
    await screen.until('slack', (json) => json.includes('"title"') && json.includes('last'));
    await screen.until('calls', (json) => json.includes('/user'));
    expect(screen.said('zone')).toContain('{"key":"password","value":"•••"}');
    expect(screen.said('zone')).toContain('https://•••@hps.example.org/api');
    expect(screen.said('zone')).toContain('{"key":"mediaEndpoint","value":"/media"}');
    const { slack, zone } = stage;
    const secrets = ['CANARY', token, slack.botToken, slack.appToken, slack.signingSecret];
    for (const secret of [...secrets, zone.state.config.tokenSecret]) {
      expect(screen.all()).not.toContain(secret);
    }
  });
});

describe('the audit', () => {
  it('is checked from the first line, and a forged one is found', async () => {
    const lines = chained(...registration);
    stage.record(...lines);
    const screen = await screenOf('U0ADA');
    await stage.request('/do/check-chain', post({}));
    await screen.until('audit', (json) => json.includes('"check":{"lines":4,"brokenAt":null}'));
    const [first] = lines;
    if (first === undefined) throw new Error('no line');
    stage.forge(1, { ...first, who: 'U0MALLORY' });
    await stage.request('/do/check-chain', post({}));
    await screen.until('audit', (json) => json.includes('"check":{"lines":0,"brokenAt":1}'));
  });

  it('is followed on from line to line once it was checked', async () => {
    const lines = chained(...registration);
    stage.record(...lines.slice(0, 2));
    const screen = await screenOf('U0ADA');
    await screen.until('audit', (json) => json.includes('"total":2'));
    expect(screen.said('audit')).toContain('"check":null');
    await stage.request('/do/check-chain', post({}));
    await screen.until('audit', (json) => json.includes('"check":{"lines":2,"brokenAt":null}'));
    const [, , third, fourth] = lines;
    if (third === undefined || fourth === undefined) throw new Error('no line');
    stage.record(third);
    await screen.until('audit', (json) => json.includes('"check":{"lines":3,"brokenAt":null}'));
    stage.record({ ...fourth, who: 'U0MALLORY' });
    await screen.until('audit', (json) => json.includes('"check":{"lines":3,"brokenAt":4}'));
  });

  it('comes newest first, in words', async () => {
    const screen = await screenOf('U0ADA');
    stage.record(...chained(entry('denied', { who: 'U0CORA', detail: { reason: 'No.' } })));
    await screen.until('audit', (json) => json.includes('"says":"denied R-00000001: No."'));
  });
});

describe('the faults', () => {
  const setFault = (name: string, on: boolean) => stage.request('/do/fault', post({ name, on }));
  const ask = () =>
    fetch(`${stage.zone.url}/api/v3/onezone/configuration`).then((response) => response.status);

  it('can take Onezone away and bring it back', async () => {
    const screen = await screenOf('U0ADA');
    await setFault('down', true);
    await screen.until('faults', (json) => json.includes('"down":true'));
    await expect(ask()).rejects.toThrow();
    await setFault('down', false);
    await screen.until('faults', (json) => json.includes('"down":false'));
    expect(await ask()).toBe(200);
  });

  it('keeps one switch when another is turned off', async () => {
    await setFault('down', true);
    await setFault('breaker', true);
    await setFault('limited', true);
    await setFault('down', false);
    expect(await ask()).toBe(503);
    const limited = await stage.bot.call('chat.postMessage', { channel: 'C0TEAM', text: 'hi' });
    expect(limited).toMatchObject({ ok: false, error: 'ratelimited' });
    await setFault('breaker', false);
    await setFault('limited', false);
    expect(await ask()).toBe(200);
    expect(await say('C0TEAM', 'hi')).toMatchObject({ ok: true });
  });

  it('loses answers, but not what was asked', async () => {
    await setFault('lost', true);
    const admin = stage.zone.addUser({ username: 'root', privileges: 'all' });
    const token = stage.zone.mintToken({ userId: admin.userId });
    const post = fetch(`${stage.zone.url}/api/v3/onezone/handle_services`, {
      method: 'POST',
      headers: { 'x-auth-token': token, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'Lost',
        proxyEndpoint: 'x',
        serviceProperties: { type: 'DOI' },
      }),
    });
    await expect(post).rejects.toThrow();
    const names = Object.values(stage.zone.state.handleServices).map((service) => service.name);
    expect(names).toEqual(['Lost']);
    expect(await ask()).toBe(200);
  });

  it('kills the bot and starts it', async () => {
    await stage.request('/do/bot', post({ do: 'kill' }));
    await stage.request('/do/bot', post({ do: 'start' }));
    expect(stage.done).toEqual(['kill', 'start']);
    const screen = await screenOf('U0ADA');
    const said: unknown = JSON.parse(screen.said('faults'));
    expect(faultsSchema.parse(said).bot).toBe('running');
  });
});
