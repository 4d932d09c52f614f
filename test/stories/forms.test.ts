import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asks, linked, newcomers, opensReview, stored } from './acting.js';
import {
  formAfter,
  lastRequest,
  onTop,
  opens,
  recorded,
  refusalsOnRecord,
  sends,
  typed,
} from './acts.js';
import { CHANNELS, DAY, type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import { members, USE } from './reading.js';
import { screen } from './screen.js';

const NO_APPROVAL = POLICY.replace(
  'grant: { may: [everyone], approve: { by: [curator, admin], count: 1, unless: [curator, admin] } }',
  'grant: { may: [everyone] }',
);

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

/** What stands right below the field, or whatever comes next. */
const below = (label: string): string | undefined => {
  const seen = screen(onTop(desk, 'lena'));
  return seen[seen.indexOf(`[${label}]`) + 1];
};

const nothingAsked = async () => {
  expect((await recorded(desk)).filter((it) => it.what === 'asked')).toEqual([]);
};

describe('the form for access', () => {
  it('opens with one call for the view, and asks Slack once who opens it', async () => {
    const called = () => desk.slack.calls.map((it) => it.method);
    const before = called().length;
    const view = await opens(desk, 'lena', '/handle request');
    expect(called().slice(before)).toEqual(['users.info', 'views.open']);
    expect(screen(view)).toEqual([
      '[Handle service]',
      '[Who gets access]',
      '[Access]',
      '[For how long]',
      '[Or until a day]',
      '[Why]',
      'Needs the agreement of one curator or admin.',
      'Every member of a handle service can read its registrar password through Onezone’s API.',
    ]);
    expect(typed(view)).toEqual({
      service: null,
      people: [PEOPLE.lena],
      level: 'use',
      duration: '90d',
      day: null,
      reason: null,
    });
    await formAfter(desk, 'lena', () => desk.as('lena').uses('request_access'));
    expect(called().slice(before)).toEqual(['users.info', 'views.open', 'views.open']);
    expect(
      desk.zone.log.filter((it) => it.path.includes('/users/') && it.method !== 'GET'),
    ).toEqual([]);
  });

  it.each([
    ['/handle grant @tom DataCite', [PEOPLE.tom]],
    ['/handle request datacite @tom @lena', [PEOPLE.tom, PEOPLE.lena]],
    ['/handle-grant @tom DataCite', [PEOPLE.tom]],
    ['/handle-grant DataCite', [PEOPLE.lena]],
    ['/handle request data', [PEOPLE.lena]],
  ])('is half filled by %p', async (line, people) => {
    expect(typed(await opens(desk, 'lena', line))).toMatchObject({
      service: desk.datacite,
      people,
      reason: null,
    });
  });

  it('is half filled by the id of a service', async () => {
    const view = await opens(desk, 'lena', `/handle request ${desk.datacite}`);
    expect(typed(view)).toMatchObject({ service: desk.datacite });
  });

  it('says which words it did not understand, and keeps the people', async () => {
    const view = await opens(desk, 'lena', '/handle request @tom Zenodo');
    expect(screen(view)[0]).toBe('⚠️ No handle service is called “Zenodo”. Choose one below.');
    expect(typed(view)).toMatchObject({ service: null, people: [PEOPLE.tom] });
  });

  it('says when words fit two services', async () => {
    desk.zone.addHandleService({ name: 'DataCite' });
    await desk.passes(6 * 60_000);
    const view = await opens(desk, 'lena', '/handle request DataCite');
    expect(screen(view)[0]).toBe(
      '⚠️ More than one handle service fits “DataCite”; names need not be unique in Onezone. Choose one below.',
    );
  });

  it('says what the narrower rule of a service demands', async () => {
    desk.zone.addHandleService({ name: 'ePIC prod' });
    await desk.passes(6 * 60_000);
    expect(screen(await opens(desk, 'lena', '/handle request ePIC'))).toContain(
      'Needs the agreement of 2 people, each curator or admin.',
    );
  });

  it('reaches each of 120 services by typing, with its id to tell it from others', async () => {
    const added = Array.from({ length: 120 }, (_, at) =>
      desk.zone.addHandleService({ name: `Service ${String(at).padStart(3, '0')}` }),
    );
    await desk.passes(6 * 60_000);
    const lena = desk.as('lena');
    await opens(desk, 'lena', '/handle request');
    expect(await lena.searches('service_pick', '')).toHaveLength(100);
    for (const { name, handleServiceId: id } of added) {
      const [byName, ...others] = await lena.searches('service_pick', name.slice('Serv'.length));
      expect([byName?.value, byName?.text.text, others]).toEqual([id, name, []]);
      expect(JSON.stringify(byName?.['description'])).toContain(id);
    }
    const last = added.at(-1);
    const [byId, ...others] = await lena.searches('service_pick', last?.handleServiceId ?? '');
    expect([byId?.text.text, others]).toEqual([last?.name, []]);
    lena.fills({ service: last?.handleServiceId ?? '' });
    await sends(desk, 'lena', { reason: 'The last of them' });
    expect(await lastRequest(desk)).toMatchObject({ service: { name: 'Service 119' } });
  });
});

describe('what the form does not take', () => {
  beforeEach(() => desk.policy(POLICY.replace('  levels:', '  max: 365d\n  levels:')));

  it('nobody, and more than fifty people', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    const nobody = await sends(desk, 'lena', { people: [], reason: 'x' });
    expect(nobody.errors).toEqual({ people: 'Please complete this required field.' });
    const many = (await newcomers(desk, 51)).map((it) => it.slack);
    const tooMany = await sends(desk, 'lena', { people: many });
    expect(tooMany.errors).toEqual({ people: 'Please select at most 50 items.' });
    await nothingAsked();
    await sends(desk, 'lena', { people: many.slice(0, 50) });
    expect(await lastRequest(desk)).toMatchObject({
      subjects: many.slice(0, 50).map((slack) => ({ slack, identity: { by: 'proposed' } })),
    });
  });

  it('levels and durations that the policy does not offer', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    const lena = desk.as('lena');
    expect(() => {
      lena.fills({ level: 'own' });
    }).toThrow('level_pick does not offer own; it offers: use, maintain');
    expect(() => {
      lena.fills({ duration: '99h' });
    }).toThrow('duration_pick does not offer 99h; it offers: 90d, 8h, 365d, permanent');
  });

  it('a level and a duration that the policy offers no more since the form was opened', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    await desk.policy(
      POLICY.replace('durations: [90d, 8h, 365d, permanent]', 'durations: [8h]').replace(
        'levels: [use, maintain]',
        'levels: [use]',
      ),
    );
    const wrong = { level: 'maintain', duration: '365d', reason: 'x' };
    const view = await sends(desk, 'lena', wrong);
    expect(view.errors).toEqual({
      level: 'The policy offers only use.',
      duration: 'The policy offers only 8h.',
    });
    expect(typed(view)).toMatchObject(wrong);
    expect((await sends(desk, 'lena', { duration: 'permanent', level: 'use' })).errors).toEqual({
      duration: 'The policy does not allow permanent access. Choose an end.',
    });
    await nothingAsked();
  });

  it.each([
    ['a day that is over', -1, 'That day is over. Choose one in the future.'],
    ['a day beyond what the policy allows', 366, 'The policy allows at most 365 days.'],
  ])('%s, said under the day', async (_, days, problem) => {
    const day = new Date(desk.now().getTime() + days * DAY).toISOString().slice(0, 10);
    await opens(desk, 'lena', '/handle request DataCite');
    const view = await sends(desk, 'lena', { day, reason: 'Survey data' });
    expect(view.errors).toEqual({ day: problem });
    expect(typed(view)).toMatchObject({ day, reason: 'Survey data' });
    await nothingAsked();
  });

  it('but a good day, which counts instead of the duration', async () => {
    const on = new Date(desk.now().getTime() + 30 * DAY).toISOString().slice(0, 10);
    await opens(desk, 'lena', '/handle request DataCite');
    await sends(desk, 'lena', { day: on, duration: '8h', reason: 'Survey data' });
    expect(await lastRequest(desk)).toMatchObject({ ask: { until: { on } } });
  });

  it('no reason, or one of nothing but spaces', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    expect((await sends(desk, 'lena')).errors).toEqual({
      reason: 'Please complete this required field.',
    });
    expect((await sends(desk, 'lena', { reason: ' \n ' })).errors).toEqual({
      reason: 'Say why: the approvers decide by it.',
    });
    await nothingAsked();
  });
});

describe('a reason that is meant to look like something else', () => {
  const nasty = `INC-42: a: b <!channel> <@${PEOPLE.ada}> </|> *bold* \`code\` & 🧬 \u202eevil\u202c <https://evil.example|here> `;
  const reason = `${nasty}${'ž🧪'.repeat(1500)}`.slice(0, 2999);

  it('is stored whole, and shown letter by letter, cut in the channel only', async () => {
    const id = await asks(desk, 'lena', { reason });
    expect((await stored(desk, id)).reason).toBe(reason);
    expect((await recorded(desk))[0]?.detail).toMatchObject({ reason });
    const [message] = desk.slack.messages(CHANNELS.desk);
    expect(message?.text).toBe(
      'Waiting for agreement: <@U0LENA> asks to use *DataCite* for 90 days',
    );
    const seen = screen(message ?? null);
    const quote = seen.find((it) => it.startsWith('\n> '));
    expect(seen).toEqual([
      '⏳ <@U0LENA> asks to use *DataCite* for 90 days',
      quote,
      '<@U0LENA>: lena in Onezone (same e-mail address, not confirmed yet) · new member',
      '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.',
      '(Approve)',
      '(Deny)',
      '(Review…)',
    ]);
    // As rich text nothing needs escaping: it is shown letter by letter.
    expect(quote).toContain(
      `\n> INC-42: a: b <!channel> <@${PEOPLE.ada}> </|> *bold* \`code\` & 🧬 evil <https://evil.example|here> ž🧪`,
    );
    expect(quote?.endsWith('…')).toBe(true);
    expect(Array.from(quote?.split('\n> ')[1] ?? '')).toHaveLength(300);
    // Whoever decides reads all of it.
    const all = (await opensReview(desk, 'cora', id)).find((it) => it.startsWith('Reason'));
    expect(all?.split('\n> ')).toEqual([
      'Reason (in the words of <@U0LENA>)',
      reason.replace(/[\u202c\u202e]/g, ''),
    ]);
    for (const it of desk.slack.calls.filter((call) => call.method === 'chat.postMessage')) {
      expect(String(it.args['text'])).not.toMatch(/<!(channel|here|everyone)>|<https:\/\/evil/);
    }
  });
});

describe('people who cannot get access', () => {
  const filled = { level: 'maintain', duration: '8h', reason: 'Survey data' };

  async function asksFor(...people: readonly string[]) {
    await opens(desk, 'lena', '/handle request DataCite');
    const view = await sends(desk, 'lena', { ...filled, people });
    expect(typed(view)).toMatchObject({ service: desk.datacite, people, ...filled });
    return below('Who gets access');
  }

  it('someone whom no address in Onezone matches', async () => {
    const { id } = desk.slack.addUser({ name: 'nora', email: 'nora@elsewhere.org' });
    expect(await asksFor(PEOPLE.lena, id)).toBe(
      `⚠️ <@${id}> is not linked to a Onezone user, and no e-mail address in Onezone matches. Someone who may link can type \`/handle link\` <@${id}>.`,
    );
    expect(await refusalsOnRecord(desk)).toEqual([
      `U0LENA ask grant: notLinked: <@${id}> is not linked to a Onezone user, and no e-mail address in Onezone matches. (null)`,
    ]);
  });

  it('someone whose address two users of Onezone have', async () => {
    desk.zone.addUser({ username: 'tom2', emails: ['tom@example.org'] });
    await desk.passes(11 * 60_000);
    expect(await asksFor(PEOPLE.tom)).toBe(
      `⚠️ More than one Onezone user has the e-mail address of <@U0TOM>. Someone who may link can choose the right one with \`/handle link\` <@U0TOM>.`,
    );
  });

  it('someone whose Onezone user is blocked', async () => {
    const { id } = desk.slack.addUser({ name: 'bo', email: 'bo@example.org' });
    desk.zone.addUser({ username: 'bo', emails: ['bo@example.org'], blocked: true });
    await desk.passes(11 * 60_000);
    expect(await asksFor(id)).toBe(
      `⚠️ The Onezone user of <@${id}> is blocked by the zone's administrator. A zone administrator can unblock it; then ask again.`,
    );
  });

  it('a bot; and several people at once, each with what is wrong', async () => {
    const { id: bot } = desk.slack.addUser({ name: 'robot', is_bot: true });
    const { id: nora } = desk.slack.addUser({ name: 'nora', email: 'nora@elsewhere.org' });
    expect(await asksFor(PEOPLE.lena, bot, nora)).toBe(
      `⚠️ <@${bot}> is a bot, a stranger or a deactivated account and cannot get access. Choose active people of this workspace. <@${nora}> is not linked to a Onezone user, and no e-mail address in Onezone matches. Someone who may link can type \`/handle link\` <@${nora}>.`,
    );
  });

  it('what is put right in the form goes through', async () => {
    const { id } = desk.slack.addUser({ name: 'nora', email: 'nora@elsewhere.org' });
    await asksFor(PEOPLE.lena, id);
    expect((await sends(desk, 'lena', { people: [PEOPLE.lena] })).callback_id).toBe('said');
    expect(await lastRequest(desk)).toMatchObject({
      ask: { level: 'maintain' },
      status: 'pending',
    });
  });

  it('but a guest, who cannot ask, can be given access', async () => {
    const id = await asks(desk, 'lena', { people: ['gwen'] });
    expect(await stored(desk, id)).toMatchObject({ subjects: [{ slack: PEOPLE.gwen }] });
  });
});

describe('someone whom only an e-mail address connects to a Onezone user', () => {
  it('is confirmed with a tick by a curator who grants directly', async () => {
    await opens(desk, 'cora', '/handle grant @lena DataCite');
    const drawn = await sends(desk, 'cora', {
      level: 'use',
      duration: '8h',
      reason: 'Survey data',
    });
    expect(screen(drawn)).toContain('[Is this the right person?]');
    expect(JSON.stringify(drawn.blocks)).toContain(
      'By e-mail address: lena is lena of Onezone (lena) in Onezone.',
    );
    expect(typed(drawn)).toMatchObject({
      people: [PEOPLE.lena],
      duration: '8h',
      reason: 'Survey data',
    });
    const unticked = await sends(desk, 'cora');
    expect(unticked.errors).toEqual({ confirm: 'Please complete this required field.' });
    expect(members(desk)).toEqual({});
    const said = await sends(desk, 'cora', { confirm: ['yes'] });
    const { id } = await lastRequest(desk);
    expect(screen(said)).toEqual([
      'It is being carried out. You’ll get a message as soon as Onezone has confirmed it.',
    ]);
    await desk.works();
    expect(members(desk)).toEqual({ lena: USE });
    const [refused, asked, linkedLine] = await recorded(desk);
    expect(refused).toMatchObject({
      who: PEOPLE.cora,
      what: 'refused',
      detail: { code: 'onlyProposed' },
    });
    expect(linkedLine).toEqual({
      who: PEOPLE.cora,
      what: 'linked',
      request: id,
      service: null,
      people: [PEOPLE.lena],
      detail: { onezone: desk.onezoneIds.lena, how: 'by e-mail' },
    });
    expect(asked).toMatchObject({
      what: 'asked',
      detail: {
        rule: 'actions.grant.approve.unless',
        identities: [{ slack: PEOPLE.lena, onezone: desk.onezoneIds.lena, by: 'linked' }],
      },
    });
  });

  it('is not linked when the curator takes them out of the form again', async () => {
    await linked(desk, 'tom');
    await opens(desk, 'cora', '/handle grant @lena @tom DataCite');
    await sends(desk, 'cora', { reason: 'Survey data' });
    const said = await sends(desk, 'cora', { people: [PEOPLE.tom], confirm: ['yes'] });
    expect(said.callback_id).toBe('said');
    await desk.works();
    expect(members(desk)).toEqual({ tom: USE });
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.lena)).toBeNull();
  });

  it('cannot be let in by someone who may not link, where nobody would look at it', async () => {
    await desk.policy(NO_APPROVAL);
    await opens(desk, 'lena', '/handle request DataCite');
    const view = await sends(desk, 'lena', { duration: '8h', reason: 'Survey data' });
    expect(below('Who gets access')).toBe(
      '⚠️ <@U0LENA> matches a Onezone user only by e-mail, and nobody would confirm it because this request needs no agreement. Someone who may link can confirm it with `/handle link` <@U0LENA>.',
    );
    expect(screen(view)).not.toContain('[Is this the right person?]');
    expect(typed(view)).toMatchObject({ duration: '8h', reason: 'Survey data' });
    expect(await refusalsOnRecord(desk)).toHaveLength(1);
    await linked(desk, 'lena');
    expect((await sends(desk, 'lena')).callback_id).toBe('said');
    await desk.works();
    expect(members(desk)).toEqual({ lena: USE });
  });
});

describe('a form that Slack delivers twice', () => {
  it('makes one request and one message', async () => {
    const id = await asks(desk, 'lena');
    const sent = desk.slack.deliveries.find((it) => it.kind === 'view_submission');
    if (sent === undefined) throw new Error('Nothing was sent.');
    const again = await desk.slack.redeliver(sent);
    expect([again.outcome, again.body]).toEqual(['ok', '']);
    await desk.works();
    expect((await recorded(desk)).filter((it) => it.what === 'asked')).toHaveLength(1);
    expect(desk.slack.messages(CHANNELS.desk)).toHaveLength(1);
    expect((await lastRequest(desk)).id).toBe(id);
  });
});

describe('a form that was closed while the desk worked', () => {
  it('has its refusal told in a direct message', async () => {
    const { id } = desk.slack.addUser({ name: 'nora', email: 'nora@elsewhere.org' });
    await opens(desk, 'lena', '/handle request DataCite');
    desk.slack.faults.add({ kind: 'error', method: 'views.update', error: 'not_found' });
    await desk.as('lena').submits({ people: [id], reason: 'Survey data' });
    await desk.slack.until(() => desk.told('lena').length > 0, 'a direct message');
    expect(desk.told('lena')).toEqual([
      `⛔ <@${id}> is not linked to a Onezone user, and no e-mail address in Onezone matches.\nNext: Someone who may link can type \`/handle link\` <@${id}>.\nYou wrote: Survey data`,
    ]);
  });
});

describe('a policy that changes between form and submission', () => {
  it('counts: who may no longer ask is refused in the form, on record, with nothing lost', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    await desk.policy(POLICY.replace('grant: { may: [everyone]', 'grant: { may: [curator]'));
    const view = await sends(desk, 'lena', { duration: '8h', reason: 'Survey data' });
    expect(screen(view)[0]).toBe(
      '⚠️ You may not grant: the policy lets only curator do that. Ask someone with the role curator.',
    );
    expect(typed(view)).toMatchObject({
      service: desk.datacite,
      duration: '8h',
      reason: 'Survey data',
    });
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0LENA ask grant: notInRole: You may not grant: the policy lets only curator do that. (actions.grant.may)',
    ]);
  });

  it('counts: a curator who was one when the form opened now needs agreement', async () => {
    await linked(desk, 'tom');
    const view = await opens(desk, 'cora', '/handle grant @tom DataCite');
    expect(screen(view)).toContain('Nobody has to agree: this is carried out at once.');
    await desk.policy(POLICY.replace(`users: [${PEOPLE.cora}, `, 'users: ['));
    const said = await sends(desk, 'cora', { reason: 'Survey data' });
    const { status } = await lastRequest(desk);
    expect(status).toBe('pending');
    expect(screen(said)[0]).toBe(
      'Sent to curator or admin (<@U0ADA> and <@U0CEM>). You’ll get a message. `/handle requests` shows where it stands; there you can also withdraw it.',
    );
    await desk.works();
    expect(members(desk)).toEqual({});
  });

  it('is not loaded when it is broken: the one before counts on, and the operators can read why', async () => {
    await expect(desk.policy(`${POLICY}\nroles: {}`)).rejects.toThrow('Map keys must be unique');
    expect(desk.log()).toContain('policy refused; the one before stays');
    expect(typed(await opens(desk, 'lena', '/handle request DataCite'))).toMatchObject({
      service: desk.datacite,
    });
  });
});
