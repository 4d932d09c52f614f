import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { App } from '@slack/bolt';
import { createSecrets } from '../../src/secrets.js';
import { createBoltLogger } from '../../src/slack/transport/bolt-logger.js';
import { createClients } from '../../src/slack/transport/clients.js';
import { createIngress } from '../../src/slack/transport/ingress.js';
import { createAnswerAt } from '../../src/slack/transport/response-url.js';
import { type FakeSlack, startFakeSlack } from './kit/fake-slack.js';
import { createLog } from './kit/log.js';

const SECRET = 'Tr0ub4dor&3 "x"';
const { withhold } = createSecrets([SECRET]);
const view = {
  type: 'modal',
  title: { type: 'plain_text', text: `T ${SECRET}` },
  private_metadata: JSON.stringify({ typed: SECRET }),
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Tr0ub4dor&amp;3 "x"' } }],
};
const kept = {
  type: 'modal',
  title: { type: 'plain_text', text: 'T [redacted]' },
  private_metadata: '{"typed":"[redacted]"}',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '[redacted]' } }],
};

let slack: FakeSlack;
beforeAll(async () => {
  slack = await startFakeSlack();
});
beforeEach(() => {
  slack.calls.splice(0);
});
afterAll(() => slack.close());

const nothing = (): Promise<void> => Promise.resolve();
const noReceiver = { init: () => undefined, start: nothing, stop: nothing };

const settings = () => ({
  botToken: 'xoxb-token',
  mode: { kind: 'http', signingSecret: 's' } as const,
  apiUrl: slack.apiUrl,
});

describe('what goes out to Slack has no secret in it', () => {
  it.each(['interactive', 'background'] as const)('by the %s client', async (which) => {
    slack.answer('views.open', { ok: true });
    const clients = createClients(settings(), createBoltLogger(createLog().log), withhold);
    await clients[which].apiCall('views.open', { trigger_id: `of ${SECRET}`, view });
    const sent = new URLSearchParams(slack.calls[0]?.body ?? '');
    expect(sent.get('trigger_id')).toBe('of [redacted]');
    expect(JSON.parse(sent.get('view') ?? '')).toEqual(kept);
  });

  it('and what has none goes out as the SDK wrote it', async () => {
    slack.answer('chat.postMessage', { ok: true });
    const { background } = createClients(settings(), createBoltLogger(createLog().log), withhold);
    await background.apiCall('chat.postMessage', { text: 'a b+c&d', blocks: [{ a: '{x' }] });
    expect(slack.calls[0]?.body).toBe('text=a%20b%2Bc%26d&blocks=%5B%7B%22a%22%3A%22%7Bx%22%7D%5D');
  });

  it('in the answer to a delivery', async () => {
    const given: unknown[] = [];
    const ingress = createIngress({
      deliveries: { isFirst: () => Promise.resolve(true) },
      log: createLog().log,
      now: () => new Date(),
      newSupportId: () => 'SUPPORT1',
      installation: { teamId: 'T0TEAM' },
      withhold,
    });
    const app = new App({ receiver: noReceiver, authorize: () => Promise.resolve({}) });
    app.processEvent = ({ ack }) => ack({ response_action: 'update', view });
    const ack = (answer: unknown) => Promise.resolve(void given.push(answer));
    await ingress
      .guard(app)
      .processEvent({ body: { type: 'view_submission', team: { id: 'T0TEAM' } }, ack });
    expect(given).toEqual([{ response_action: 'update', view: kept }]);
  });

  it('at a response_url', async () => {
    slack.answer('/hook', { ok: true });
    const answerAt = createAnswerAt({ slack: settings(), log: createLog().log, withhold });
    expect(await answerAt(`${slack.origin}/hook`, { text: SECRET, blocks: [] })).toBe(true);
    expect(JSON.parse(slack.calls[0]?.body ?? '')).toMatchObject({ text: '[redacted]' });
  });
});
