import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { command, post, type PostOptions, type Reply } from '../slack-transport/kit/bot.js';
import { CHANNELS, type Desk, openDesk, PEOPLE } from '../stories/desk.js';
import { asks } from '../stories/acting.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ lasting: true });
});
afterAll(() => desk.stop());

const send = (body: string, options: PostOptions = {}): Promise<Reply> =>
  post(desk.bot.ports().slack ?? 0, body, { secret: desk.slack.signingSecret, ...options });

let triggers = 0;
/** Ada, who may do everything, asks for the help. */
const help = (): string => {
  triggers += 1;
  return command({
    ...{ text: 'help', user_id: PEOPLE.ada, team_id: desk.slack.state.team.id },
    trigger_id: `trigger.${String(triggers)}`,
  });
};

const asked = async (): Promise<readonly string[]> =>
  (await desk.audit()).filter((it) => it.what === 'asked').map((it) => it.request ?? '');

describe('Only what Slack has signed, now and once, does anything', () => {
  it('a request that Slack signed is answered', async () => {
    expect(await send(help())).toMatchObject({ status: 200 });
  });

  it.each<[string, PostOptions]>([
    ['signed with a guessed secret', { secret: 'guessed' }],
    ['signed with an empty secret', { secret: '' }],
    ['five minutes and a second old', { skew: -301 }],
    ['with a timestamp two minutes ahead, to be used later', { skew: 120 }],
    ['without a signature', { headers: { 'x-slack-signature': '' } }],
    [
      'with a signature of another version',
      { headers: { 'x-slack-signature': `v1=${'0'.repeat(64)}` } },
    ],
    ['without a timestamp', { headers: { 'x-slack-request-timestamp': '' } }],
    ['with a timestamp that is no number', { headers: { 'x-slack-request-timestamp': '1e10' } }],
  ])('a request %s: 401, and nothing in the answer', async (_, options) => {
    expect(await send(help(), options)).toMatchObject({ status: 401, body: '' });
  });

  it('a signed request whose body was changed on the way, or whose timestamp was renewed: 401', async () => {
    const lena = command({ text: 'help', user_id: PEOPLE.lena, trigger_id: 'mine' });
    const taken = signatureOf(lena);
    const ada = lena.replace(PEOPLE.lena, PEOPLE.ada);
    expect(await send(ada, { headers: taken })).toMatchObject({ status: 401, body: '' });
    const renewed = {
      ...taken,
      'x-slack-request-timestamp': String(Number(taken['x-slack-request-timestamp']) + 1),
    };
    expect(await send(lena, { headers: renewed })).toMatchObject({ status: 401, body: '' });
    expect(await send(lena, { headers: taken })).toMatchObject({ status: 200 });
  });

  it('the same signed request again, at once and after the bot died and came back: answered with nothing, and done once', async () => {
    const body = help();
    const headers = signatureOf(body);
    expect((await send(body, { headers })).body).toContain('/handle');
    expect(await send(body, { headers })).toMatchObject({ status: 200, body: '' });
    desk.dies();
    await desk.comesBack();
    expect(await send(body, { headers })).toMatchObject({ status: 200, body: '' });
  });

  it('the same signed form sent to the second replica: one request', async () => {
    const id = await asks(desk, 'lena');
    const form = desk.slack.deliveries.findLast((it) => it.name === 'form:grant');
    if (form === undefined) throw new Error('no form was sent');
    const before = await asked();
    expect(before).toContain(id);
    const first = desk.bot;
    const other = await desk.replica();
    desk.talksTo(other);
    expect(await desk.slack.redeliver(form)).toMatchObject({ status: 200, body: '' });
    await other.worker.settle();
    desk.talksTo(first);
    await desk.works();
    expect(await asked()).toEqual(before);
    expect(desk.texts(CHANNELS.desk)).toHaveLength(1);
  });
});

/** As somebody has it who saw this request pass by. */
function signatureOf(body: string): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', desk.slack.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
