import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { told } from './acts.js';
import {
  addsService,
  answerAfter,
  approvalOf,
  approves,
  asks,
  isRefused,
  linked,
  presses,
  statusOf,
} from './acting.js';
import { type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import { at, conversation, life, members, onRecord, reads, USE } from './reading.js';
import { wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

/** Refused, on record, and nothing else has happened. */
async function nothingMoved(id: string, refusal: { who: string; code: string; why: string }) {
  expect(await statusOf(desk, id)).toBe('pending');
  expect(members(desk)).toEqual({});
  expect((await onRecord(desk, id)).at(-1)).toMatchObject({
    who: refusal.who,
    what: 'refused',
    detail: { wanted: 'approve', code: refusal.code, why: refusal.why },
  });
  expect(await life(desk, id)).not.toContain('bot: started');
}

describe('who cannot agree', () => {
  it('is whoever asked, though their role would let them (peers’ case 6)', async () => {
    await desk.policy(POLICY.replace('unless: [curator, admin]', 'unless: [admin]'));
    const id = await asks(desk, 'cora', { people: ['lena'] });
    const why = 'You asked for this yourself, so you cannot be the one who agrees.';
    expect(await isRefused(desk, 'cora', id)).toBe(
      `⛔ ${why}\nNext: Another approver has to decide. You can withdraw it.`,
    );
    await nothingMoved(id, { who: PEOPLE.cora, code: 'ownRequest', why });
  });

  it('is told so in Review… before they try (peers’ case 6)', async () => {
    await desk.policy(POLICY.replace('unless: [curator, admin]', 'unless: [admin]'));
    const id = await asks(desk, 'cora', { people: ['lena'] });
    const cora = desk.as('cora');
    await cora.clicks(approvalOf(desk, id), 'request_review');
    await desk.slack.until(() => cora.modal !== null, 'the review');
    expect(cora.modal?.title?.text).toBe('Request');
    expect(JSON.stringify(cora.modal)).toContain(id);
    expect(cora.modal?.submit).toBeNull();
    expect(JSON.stringify(cora.modal)).toContain(
      'You asked for this yourself, so you cannot be the one who agrees. Another approver has to decide.',
    );
  });

  it('is whoever would get access', async () => {
    const id = await asks(desk, 'lena', { people: ['cora'] });
    const why = 'This request is about your own access, so you cannot be the one who agrees.';
    expect(await isRefused(desk, 'cora', id)).toBe(
      `⛔ ${why}\nNext: Another approver has to decide.`,
    );
    await nothingMoved(id, { who: PEOPLE.cora, code: 'ownBenefit', why });
  });

  it('is whoever has no such role (peers’ case 15)', async () => {
    const id = await asks(desk, 'lena');
    const why = 'You cannot decide this: the policy wants agreement from curator or admin.';
    expect(await isRefused(desk, 'tom', id)).toBe(
      `⛔ ${why}\nNext: Someone with the role curator or admin has to decide. That is ${at('ada')}, ${at('cora')} and ${at('cem')}.\n` +
        'Rule: `actions.grant.approve.by` in the policy file',
    );
    await nothingMoved(id, { who: PEOPLE.tom, code: 'notAnApprover', why });
  });

  it('is a guest, though the policy names them (peers’ case 15)', async () => {
    await desk.policy(POLICY.replace(`[${PEOPLE.cora}, `, `[${PEOPLE.cora}, ${PEOPLE.gwen}, `));
    const id = await asks(desk, 'lena');
    const why = 'Guests of this workspace can neither ask nor agree.';
    expect(await isRefused(desk, 'gwen', id)).toBe(
      `⛔ ${why}\nNext: Ask a full member to make the request for you; a request can name you as the person who gets access.`,
    );
    await nothingMoved(id, { who: PEOPLE.gwen, code: 'guest', why });
  });

  it('is a stranger from another team, though the policy names them (peers’ case 15)', async () => {
    desk.slack.addUser({ id: 'U0STRANGE', name: 'stan', team_id: 'T0OTHER' });
    await desk.policy(POLICY.replace(`[${PEOPLE.cora}, `, `[${PEOPLE.cora}, U0STRANGE, `));
    const id = await asks(desk, 'lena');
    const why = 'You belong to another workspace; this desk serves only its own.';
    expect(await presses(desk, 'U0STRANGE', approvalOf(desk, id))).toBe(
      `⛔ ${why}\nNext: Ask a member of this workspace to make the request.`,
    );
    await nothingMoved(id, { who: 'U0STRANGE', code: 'stranger', why });
  });

  it('is a bot', async () => {
    const id = await asks(desk, 'lena');
    desk.slack.changeUser(PEOPLE.cem, { is_bot: true });
    const why = 'Bots can neither ask nor agree.';
    expect(await isRefused(desk, 'cem', id)).toBe(`⛔ ${why}\nNext: A person has to do this.`);
    await nothingMoved(id, { who: PEOPLE.cem, code: 'bot', why });
  });

  it('is whoever was deactivated while the click was on its way, though known as a member a moment ago', async () => {
    const id = await asks(desk, 'lena');
    await told(desk, 'cora', '/handle whoami');
    const before = desk.slack.ephemerals(PEOPLE.cora).length;
    const click = desk.as('cora').clicks(approvalOf(desk, id), 'request_approve');
    desk.slack.changeUser(PEOPLE.cora, { deleted: true });
    await click;
    const why = 'This Slack account is deactivated.';
    expect(await answerAfter(desk, PEOPLE.cora, before)).toBe(
      `⛔ ${why}\nNext: A workspace administrator can reactivate it.`,
    );
    await nothingMoved(id, { who: PEOPLE.cora, code: 'deactivated', why });
  });
});

describe('a role held by a user group', () => {
  const S0CURATORS = 'S0CURATORS';

  beforeEach(async () => {
    const crowd = Array.from({ length: 249 }, (_, at) => `U0MEMBER${String(at)}`);
    for (const id of crowd) desk.slack.addUser({ id, name: id.toLowerCase() });
    const users = [...crowd, PEOPLE.tom];
    desk.slack.addUsergroup({ id: S0CURATORS, handle: 'curators', users });
    await desk.policy(
      POLICY.replace(`users: [${PEOPLE.cora}, ${PEOPLE.cem}]`, `usergroups: [${S0CURATORS}]`),
    );
  });

  it('is held by the last of 250 as by the first (peers’ case 11)', async () => {
    const id = await asks(desk, 'lena');
    expect(await isRefused(desk, 'cora', id)).toContain('You cannot decide this');
    await approves(desk, 'tom', id);
    expect(members(desk)).toEqual({ lena: USE });
  });

  it('is lost with the group, from one click to the next', async () => {
    const id = await asks(desk, 'lena');
    expect(await isRefused(desk, 'cora', id)).toContain('You cannot decide this');
    desk.slack.changeUsergroup(S0CURATORS, { users: [PEOPLE.cora] });
    expect(await isRefused(desk, 'tom', id)).toContain('You cannot decide this');
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE });
  });
});

describe('two accounts of one person', () => {
  const sameUser =
    'Your Onezone user is the same as that of the requester, a beneficiary or an earlier approver.';
  const curators = (...ids: readonly string[]): string =>
    POLICY.replace(`[${PEOPLE.cora}, ${PEOPLE.cem}]`, `[${ids.join(', ')}]`);

  it('are recognised by the address in whatever case (peers’ case 7)', async () => {
    desk.slack.addUser({ id: 'U0LENA2', name: 'lena2', email: 'Lena@EXAMPLE.org' });
    await desk.policy(curators('U0LENA2', PEOPLE.cem));
    const id = await asks(desk, 'lena', { people: ['tom'] });
    expect(await presses(desk, 'U0LENA2', approvalOf(desk, id))).toBe(
      `⛔ ${sameUser}\nNext: An approver with a Onezone user of their own has to decide.`,
    );
    await nothingMoved(id, { who: 'U0LENA2', code: 'sameOnezoneUser', why: sameUser });
  });

  it('are recognised by an alias of the address (peers’ case 7)', async () => {
    desk.zone.addUser({ username: 'lea', emails: ['leak@gmail.com'] });
    await desk.passes(11 * 60_000);
    desk.slack.addUser({ id: 'U0LEA', name: 'lea', email: 'lea.k@gmail.com' });
    desk.slack.addUser({ id: 'U0LENA2', name: 'lea2', email: 'L.e.a.k@Gmail.com' });
    await desk.policy(curators('U0LENA2', PEOPLE.cem));
    const id = await asks(desk, 'lena', { others: ['U0LEA'] });
    expect(await presses(desk, 'U0LENA2', approvalOf(desk, id))).toBe(
      `⛔ ${sameUser}\nNext: An approver with a Onezone user of their own has to decide.`,
    );
    await nothingMoved(id, { who: 'U0LENA2', code: 'sameOnezoneUser', why: sameUser });
  });

  it('are one voice where two are needed', async () => {
    await addsService(desk, 'ePIC prod');
    desk.slack.addUser({ id: 'U0CORA2', name: 'cora2', email: 'CORA@example.org' });
    await desk.policy(curators(PEOPLE.cora, 'U0CORA2', PEOPLE.cem));
    const id = await asks(desk, 'lena', { service: 'ePIC prod' });
    await approves(desk, 'cora', id);
    expect(await presses(desk, 'U0CORA2', approvalOf(desk, id))).toBe(
      `⛔ ${sameUser}\nNext: An approver with a Onezone user of their own has to decide.`,
    );
    await nothingMoved(id, { who: 'U0CORA2', code: 'sameOnezoneUser', why: sameUser });
  });
});

describe('where two have to agree', () => {
  let epic: string;
  beforeEach(async () => {
    epic = await addsService(desk, 'ePIC prod');
  });

  it('the first agreement changes nothing but the message', async () => {
    const id = await asks(desk, 'lena', { service: 'ePIC prod' });
    await approves(desk, 'cora', id);
    expect(await statusOf(desk, id)).toBe('pending');
    expect(reads(desk, wordsOf(approvalOf(desk, id)))).toBe(
      `⏳ ${at('lena')} asks to use *ePIC prod* for 90 days\n\n> Survey data for my thesis\n` +
        `${at('lena')}: lena in Onezone (same e-mail address, not confirmed yet) · new member\n` +
        '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.\n' +
        `Needs 2 agreements from curator or admin: ${at('cora')} (‹0d›) agreed; 1 more needed.`,
    );
    expect(members(desk, epic)).toEqual({});
    expect(await isRefused(desk, 'cora', id)).toBe(
      '⛔ You have already agreed to this request.\nNext: It waits for someone else now.',
    );
  });

  it('the second, by somebody else, carries it out', async () => {
    const id = await asks(desk, 'lena', { service: 'ePIC prod' });
    await approves(desk, 'cora', id);
    await approves(desk, 'cem', id);
    expect(members(desk, epic)).toEqual({ lena: USE });
    expect(await life(desk, id)).toEqual([
      'U0LENA: asked',
      'bot: previewed',
      'U0CORA: approved',
      'U0CEM: approved',
      'bot: started',
      'bot: carried out',
    ]);
    expect(conversation(desk, desk.texts('C0TEAM'))).toEqual([
      `${at('lena')} can use *ePIC prod* until ‹90d› · ${at('cora')} and ${at('cem')} approved\n` +
        'In Onezone: lena of Onezone (lena).',
    ]);
  });

  it('an agreement no longer counts when its giver has lost the role', async () => {
    const id = await asks(desk, 'lena', { service: 'ePIC prod' });
    await approves(desk, 'cora', id);
    await desk.policy(POLICY.replace(`[${PEOPLE.cora}, `, '['));
    await approves(desk, 'cem', id);
    expect(await statusOf(desk, id)).toBe('pending');
    expect(members(desk, epic)).toEqual({});
    await approves(desk, 'ada', id);
    expect(members(desk, epic)).toEqual({ lena: USE });
  });

  it('one is enough as soon as the policy says so', async () => {
    const id = await asks(desk, 'lena', { service: 'ePIC prod' });
    await desk.policy(POLICY.replace('count: 2', 'count: 1'));
    await approves(desk, 'cora', id);
    expect(members(desk, epic)).toEqual({ lena: USE });
  });
});

describe('the policy at the moment of the click', () => {
  it('counts, not that of the request', async () => {
    const id = await asks(desk, 'lena');
    await desk.policy(POLICY.replace('by: [curator, admin]', 'by: [admin]'));
    expect(await isRefused(desk, 'cora', id)).toBe(
      '⛔ You cannot decide this: the policy wants agreement from admin.\n' +
        `Next: Someone with the role admin has to decide. That is ${at('ada')}.\n` +
        'Rule: `actions.grant.approve.by` in the policy file',
    );
    await approves(desk, 'ada', id);
    expect(members(desk)).toEqual({ lena: USE });
  });

  it('says whether the requester may still ask', async () => {
    const id = await asks(desk, 'lena');
    await desk.policy(POLICY.replace('grant: { may: [everyone]', 'grant: { may: [curator, admin]'));
    expect(await isRefused(desk, 'cora', id)).toBe(
      `⛔ The person who asked for ${id} may no longer ask for it.\n` +
        'Next: Deny it, or ask someone else to make the request.',
    );
    expect(members(desk)).toEqual({});
  });

  it('says so of a requester who was deactivated', async () => {
    await linked(desk, 'lena');
    const id = await asks(desk, 'lena');
    desk.slack.changeUser(PEOPLE.lena, { deleted: true });
    expect(await isRefused(desk, 'cora', id)).toBe(
      `⛔ The person who asked for ${id} may no longer ask for it.\n` +
        'Next: Deny it, or ask someone else to make the request.',
    );
    expect(members(desk)).toEqual({});
  });
});
