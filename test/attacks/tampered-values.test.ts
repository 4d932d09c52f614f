import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { command, post, type Reply } from '../slack-transport/kit/bot.js';
import { answerTo, opens, refusalsOnRecord, told } from '../stories/acts.js';
import { asks, statusOf } from '../stories/acting.js';
import { CHANNELS, type Desk, openDesk, type Name, PEOPLE } from '../stories/desk.js';
import { mark, reads, writesSince } from '../stories/reading.js';
import { wordsOf } from '../stories/screen.js';

let desk: Desk;
let id = '';
let from = 0;
beforeAll(async () => {
  desk = await openDesk();
  id = await asks(desk, 'lena');
  for (const name of ['tom', 'lena', 'gwen', 'cora'] as const)
    await told(desk, name, '/handle help');
  from = mark(desk);
});
afterAll(() => desk.stop());

const MAY_NOT_LINK = 'You may not link: the policy lets only admin or curator do that.';

/** Delivered as Slack does, but with what no screen of this person has. */
async function forges(name: Name, payload: Readonly<Record<string, unknown>>): Promise<Reply> {
  const { state, signingSecret: secret } = desk.slack;
  const user = { id: PEOPLE[name], team_id: state.team.id };
  const whole = { team: { id: state.team.id }, user, trigger_id: randomUUID(), ...payload };
  const body = new URLSearchParams({ payload: JSON.stringify(whole) }).toString();
  const reply = await post(desk.bot.ports().slack ?? 0, body, { secret });
  await desk.works();
  return reply;
}

const press = (name: Name, action: string, value: string): Promise<Reply> =>
  forges(name, {
    type: 'block_actions',
    channel: { id: CHANNELS.desk },
    response_url: answersTo(name),
    actions: [{ type: 'button', action_id: action, block_id: 'b', value }],
  });

/** An address at which this person is answered, as a command gives one. */
const answersTo = (name: Name): string => {
  const last = desk.slack.deliveries.findLast(
    (it) => it.user === PEOPLE[name] && 'response_url' in it.payload,
  );
  return String(last?.payload['response_url']);
};

const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } });
const radio = (value: string) => ({ x: { type: 'radio_buttons', selected_option: option(value) } });
const typed = (value: string) => ({ x: { type: 'plain_text_input', value } });

const submission = (
  callback: string,
  values: object,
  { metadata = '', view = `V${randomUUID()}` }: { metadata?: string; view?: string } = {},
) => ({
  type: 'view_submission',
  view: {
    ...{ id: view, type: 'modal', callback_id: callback, private_metadata: metadata },
    state: { values },
  },
});

const grant = (fields: object = {}) => ({
  service: { x: { type: 'external_select', selected_option: option(desk.datacite) } },
  people: { x: { type: 'multi_users_select', selected_users: [PEOPLE.lena] } },
  level: radio('use'),
  duration: radio('90d'),
  reason: typed('Because'),
  ...fields,
});

const asked = async (): Promise<number> =>
  (await desk.audit()).filter((it) => it.what === 'asked').length;

/** The request waits as before, nothing was changed in Onezone, and nobody is linked. */
async function nothingGained(): Promise<void> {
  expect(await statusOf(desk, id)).toBe('pending');
  expect(writesSince(desk, from)).toEqual([]);
  const { links } = desk.bot.services.store;
  expect(await Promise.all(Object.values(PEOPLE).map((it) => links.ofSlack(it)))).toEqual(
    Object.values(PEOPLE).map(() => null),
  );
}

describe('What the policy does not give is not gained by values that no screen showed', () => {
  it.each(['tom', 'lena', 'gwen'] as const)(
    '%s, who may not decide, sends the approver’s button and form: refused, and on record',
    async (name) => {
      const { effect } = (await desk.bot.services.store.requests.load(id)) ?? { effect: null };
      const before = (await refusalsOnRecord(desk)).length;
      await press(name, 'request_approve', `${id}:${effect ?? ''}`);
      const metadata = JSON.stringify({ request: id, effect });
      for (const verdict of ['approve', 'deny']) {
        await forges(
          name,
          submission(
            'request_review',
            { verdict: radio(verdict), comment: typed('x') },
            { metadata },
          ),
        );
      }
      expect((await refusalsOnRecord(desk)).slice(before).map((it) => it.split(':')[0])).toEqual([
        `${PEOPLE[name]} approve`,
        `${PEOPLE[name]} approve`,
        `${PEOPLE[name]} deny`,
      ]);
      await nothingGained();
    },
  );

  it('an approver’s button with an effect that is not the one on the screen: decided again by whoever reads the real one', async () => {
    const answer = await answerTo(desk, 'cora', () =>
      press('cora', 'request_approve', `${id}:${'0'.repeat(64)}`),
    );
    expect(reads(desk, wordsOf(answer))).toContain('has changed since this message was drawn');
    await nothingGained();
  });

  it('Withdraw of another’s request, and a button with an id that is none: refused', async () => {
    const before = (await refusalsOnRecord(desk)).length;
    await press('tom', 'request_withdraw', id);
    expect((await refusalsOnRecord(desk)).slice(before)).toEqual([
      `${PEOPLE.tom} withdraw: notYours: Only the person who asked can withdraw a request. (null)`,
    ]);
    const answer = await answerTo(desk, 'tom', () =>
      press('tom', 'request_withdraw', '<!channel>'),
    );
    expect(wordsOf(answer)).not.toContain('<!');
    await nothingGained();
  });

  it.each([
    ['a level that the policy does not offer', { level: radio('own') }, 'level'],
    ['a duration beyond the policy’s', { duration: radio('9999d') }, 'duration'],
    ['a permanence written another way', { duration: radio('Permanent') }, 'duration'],
    [
      'a service that there is not',
      { service: { x: { type: 'external_select', selected_option: option('../users') } } },
      'service',
    ],
  ])('a form with %s: an error below the field, and no request', async (_, fields, field) => {
    const before = await asked();
    const reply = await forges('tom', submission('form:grant', grant(fields)));
    expect(JSON.parse(reply.body)).toEqual({
      response_action: 'errors',
      errors: { [field]: expect.any(String) },
    });
    expect(await asked()).toBe(before);
    await nothingGained();
  });

  it('a form for somebody who is no user of Slack: refused, and no request', async () => {
    const before = await asked();
    const people = { x: { type: 'multi_users_select', selected_users: ['<!channel>'] } };
    const reply = await forges('tom', submission('form:grant', grant({ people })));
    expect(JSON.parse(reply.body)).toEqual({
      response_action: 'errors',
      errors: { people: 'Choose people from the list.' },
    });
    expect(await asked()).toBe(before);
    expect(desk.told('tom').join()).not.toContain('<!channel>');
    await nothingGained();
  });

  it('confirmed matches smuggled into what a form carries unseen, by somebody who may not link: nobody is linked and nothing is asked', async () => {
    const before = await asked();
    const metadata = JSON.stringify({ confirm: [`${PEOPLE.tom}:${desk.onezoneIds.ada}`] });
    const fields = {
      people: { x: { type: 'multi_users_select', selected_users: [PEOPLE.tom] } },
      confirm: { x: { type: 'checkboxes', selected_options: [option('yes')] } },
    };
    await forges('tom', submission('form:grant', grant(fields), { metadata }));
    expect((await refusalsOnRecord(desk)).at(-1)).toBe(
      `${PEOPLE.tom} ask grant: notInRole: ${MAY_NOT_LINK} (actions.link.may)`,
    );
    expect(await asked()).toBe(before);
    await nothingGained();
  });

  it('the form that links people, sent by somebody to whom it was never shown: refused, and nobody is linked', async () => {
    const before = (await refusalsOnRecord(desk)).length;
    const values = {
      slack: { x: { type: 'users_select', selected_user: PEOPLE.lena } },
      onezone: { x: { type: 'external_select', selected_option: option(desk.onezoneIds.ada) } },
    };
    await forges('tom', submission('form:link', values));
    expect((await refusalsOnRecord(desk)).slice(before)).toEqual([
      `${PEOPLE.tom} ask link: notInRole: ${MAY_NOT_LINK} (actions.link.may)`,
    ]);
    await nothingGained();
  });

  it.each(['not JSON', '[]', '{"remembered":5}', '{"confirm":[7]}'])(
    'unseen data that this desk never wrote (%s): a fault that is told, and the next person is served',
    async (metadata) => {
      const before = await asked();
      for (const callback of ['form:grant', 'request_review']) {
        const reply = await forges('tom', submission(callback, grant(), { metadata }));
        expect(JSON.parse(reply.body)).toMatchObject({ response_action: 'update' });
      }
      expect(await asked()).toBe(before);
      expect(await told(desk, 'lena', '/handle help')).toContain('/handle request');
    },
  );

  it('another person’s form, sent before they send it: it counts as one’s own, and theirs is theirs', async () => {
    const { id: view } = await opens(desk, 'lena', '/handle request DataCite');
    for (const [name, person] of [
      ['tom', PEOPLE.tom],
      ['lena', PEOPLE.cem],
    ] as const) {
      const people = { x: { type: 'multi_users_select', selected_users: [person] } };
      await forges(name, submission('form:grant', grant({ people }), { view }));
    }
    const requests = (await desk.audit()).filter((it) => it.what === 'asked').slice(-2);
    expect(requests.map((it) => it.who)).toEqual([PEOPLE.tom, PEOPLE.lena]);
    expect(new Set(requests.map((it) => it.request)).size).toBe(2);
  });

  it('80 000 brackets in a command: answered at once, and told that the rest was not read', async () => {
    const began = performance.now();
    const fields = { text: '<'.repeat(80_000), response_url: answersTo('lena') };
    const whole = { ...fields, user_id: PEOPLE.lena, team_id: desk.slack.state.team.id };
    const body = command({ ...whole, trigger_id: randomUUID() });
    const secret = desk.slack.signingSecret;
    expect(await post(desk.bot.ports().slack ?? 0, body, { secret })).toMatchObject({
      status: 200,
    });
    expect(performance.now() - began).toBeLessThan(2_000);
    const texts = () => desk.slack.ephemerals(PEOPLE.lena).map(wordsOf);
    const cut = 'Your command was longer than 4000 characters; I read only the first 4000.';
    await desk.slack.until(() => texts().includes(cut), 'a word about what was cut');
  });
});
