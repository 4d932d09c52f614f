import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approves, asks, linked, statusOf } from './acting.js';
import { decides, formAfter, lastRequest, sends, typed } from './acts.js';
import { type Desk, type Name, openDesk, PEOPLE, POLICY } from './desk.js';
import { screen } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

/** Does something that draws someone's Home tab anew, and reads it. */
async function homeAfter(name: Name, act: () => Promise<unknown>): Promise<readonly string[]> {
  const before = desk.slack.home(PEOPLE[name])?.hash;
  await act();
  await desk.slack.until(
    () => ![before, undefined].includes(desk.slack.home(PEOPLE[name])?.hash),
    'Home',
  );
  return screen(desk.slack.home(PEOPLE[name]));
}

const home = (name: Name) => homeAfter(name, () => desk.as(name).opensHome());
const press = (name: Name, button: string, value?: string) =>
  desk.as(name).clicks('home', button, value === undefined ? {} : { value });
/** What a button has with it that stands beside the service. */
const besideDataCite = () =>
  JSON.stringify({ service: { value: desk.datacite, text: 'DataCite' } });
const SERVICE = '*DataCite* · PID · prefix `21.T15999`';

describe('App Home', () => {
  it('shows a newcomer what there is, and what they can do', async () => {
    expect(await home('lena')).toEqual([
      'Handle Desk',
      '(Request access)',
      'Handle services',
      SERVICE,
      '(Request access)',
    ]);
    expect((await home('ada')).slice(0, 3)).toEqual([
      'Handle Desk',
      '(Request access)',
      '(Register a handle service)',
    ]);
  });

  it('shows access, requests and what waits for whom, as they are now', async () => {
    const done = await asks(desk, 'lena', { duration: 'permanent' });
    await approves(desk, 'cora', done);
    const waiting = await asks(desk, 'lena', { duration: '8h' });
    const line = `⏳ *Waiting for agreement:* <@U0LENA> asked to use *DataCite* for 8 hours, ‹time›. ${waiting}`;
    expect(await home('lena')).toEqual([
      'Handle Desk',
      '(Request access)',
      'Your access',
      'Use · *DataCite* · no end',
      '(I’m done)',
      'Your requests',
      line,
      '(Withdraw)',
      `✅ *Done:* <@U0LENA> asked to use *DataCite* with no end, ‹time›. ${done}`,
      'Handle services',
      `${SERVICE}\nYou have it, with no end.`,
      '(Show)',
    ]);
    const seen = await home('cora');
    expect(seen.slice(seen.indexOf('Waiting for you'))).toEqual([
      'Waiting for you',
      line,
      '(Review…)',
      'Handle services',
      SERVICE,
      '(Request access)',
    ]);
  });

  it('tells a guest why there is nothing for them', async () => {
    expect(await home('gwen')).toEqual([
      'Handle Desk',
      'Guests of this workspace can neither ask nor agree. Ask a full member to make the request for you; a request can name you as the person who gets access.',
    ]);
  });

  it('offers no request to those who may not make one', async () => {
    await desk.policy(POLICY.replaceAll('grant: { may: [everyone]', 'grant: { may: [curator]'));
    const seen = await home('lena');
    expect(seen).not.toContain('(Request access)');
    expect(seen.slice(-2)).toEqual([SERVICE, '(Show)']);
  });

  it('says where the rest is when there is more than fits', async () => {
    for (let at = 0; at < 20; at += 1)
      desk.zone.addHandleService({ name: `Service ${String(at)}` });
    await desk.passes(6 * 60_000);
    expect((await home('lena')).at(-1)).toBe('and 6 more: `/handle services`');
  });
});

describe('the buttons of App Home', () => {
  it('request access: the form, with the service beside whose name it stood, and Home shows it at once', async () => {
    await home('lena');
    const empty = await formAfter(desk, 'lena', () => press('lena', 'open_grant'));
    expect(typed(empty)).toMatchObject({ service: null, people: [PEOPLE.lena] });
    const form = await formAfter(desk, 'lena', () => press('lena', 'open_grant', besideDataCite()));
    expect(typed(form)).toMatchObject({ service: desk.datacite });
    const seen = await homeAfter('lena', () => sends(desk, 'lena', { reason: 'Survey data' }));
    const { id } = await lastRequest(desk);
    expect(seen).toContain(
      `⏳ *Waiting for agreement:* <@U0LENA> asked to use *DataCite* for 90 days, ‹time›. ${id}`,
    );
  });

  it('withdraw: done, and Home shows it', async () => {
    const id = await asks(desk, 'lena');
    await home('lena');
    const seen = await homeAfter('lena', () => press('lena', 'request_withdraw', id));
    expect(seen).toContain(
      `↩️ *Withdrawn:* <@U0LENA> asked to use *DataCite* for 90 days, ‹time›. ${id}`,
    );
    expect(seen).not.toContain('(Withdraw)');
    expect(await statusOf(desk, id)).toBe('withdrawn');
    expect(desk.told('lena')).toEqual([]);
  });

  it('withdraw, cancelled in the dialog that asks whether it is meant: nothing', async () => {
    const id = await asks(desk, 'lena');
    await home('lena');
    desk.as('lena').confirms = false;
    await press('lena', 'request_withdraw', id);
    expect(await statusOf(desk, id)).toBe('pending');
  });

  it('withdraw, after somebody decided: refused in a direct message', async () => {
    const id = await asks(desk, 'lena');
    await home('lena');
    await approves(desk, 'cora', id);
    const before = desk.told('lena').length;
    await press('lena', 'request_withdraw', id);
    await desk.slack.until(() => desk.told('lena').length > before, 'a refusal');
    expect(desk.told('lena').at(-1)).toBe(
      `⛔ ${id} is already done.\nNext: Nothing was changed. The message shows how it ended.`,
    );
  });

  it('review: everything an approver needs, decided there, and gone from Home', async () => {
    const id = await asks(desk, 'lena');
    await home('cora');
    const review = await formAfter(desk, 'cora', () => press('cora', 'request_review'));
    expect(review.title?.text).toBe('Review request');
    expect(JSON.stringify(review)).toContain(id);
    expect(screen(review)[0]).toBe(
      '⏳ *Waiting for agreement:* <@U0LENA> asks to use *DataCite* for 90 days.',
    );
    const seen = await homeAfter('cora', () =>
      decides(desk, 'cora', { verdict: 'deny', comment: 'Not yet' }),
    );
    expect(seen).toEqual([
      'Handle Desk',
      '(Request access)',
      '(Register a handle service)',
      'Handle services',
      SERVICE,
      '(Request access)',
    ]);
    expect(await statusOf(desk, id)).toBe('denied');
  });

  it('show: the service, in a direct message', async () => {
    // Beside a service for which one may not ask.
    await desk.policy(POLICY.replaceAll('grant: { may: [everyone]', 'grant: { may: [curator]'));
    await home('lena');
    const before = desk.told('lena').length;
    await press('lena', 'show_service', desk.datacite);
    await desk.slack.until(() => desk.told('lena').length > before, 'the service');
    expect(screen(desk.slack.directMessages(PEOPLE.lena).at(-1) ?? null).slice(0, 2)).toEqual([
      '*DataCite*',
      `*Id*\n\`${desk.datacite}\``,
    ]);
  });

  it('extend and done: the form, with the access beside which they stood', async () => {
    await linked(desk, 'lena');
    const id = await asks(desk, 'cora', { people: ['lena'] });
    expect((await home('lena')).slice(2)).toEqual([
      'Your access',
      'Use · *DataCite* · ends ‹time›',
      '(Extend…)',
      '(I’m done)',
      'Handle services',
      `${SERVICE}\nYou have it until ‹time›.`,
      '(Show)',
    ]);
    const extend = await formAfter(desk, 'lena', () => press('lena', 'open_extend'));
    expect(extend.title?.text).toBe('Extend access');
    expect(typed(extend)).toMatchObject({ access: `${id}:${PEOPLE.lena}` });
    const done = await formAfter(desk, 'lena', () => press('lena', 'open_release'));
    expect(done.title?.text).toBe('Give access back');
    expect(typed(done)).toEqual({ service: desk.datacite });
  });

  it('register: the form', async () => {
    await home('ada');
    const form = await formAfter(desk, 'ada', () => press('ada', 'open_register'));
    expect(form.title?.text).toBe('Register a service');
  });
});
