import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  approves,
  approvalOf,
  asks,
  becomes,
  linked,
  meanwhile,
  newcomers,
  opensReview,
} from './acting.js';
import { CHANNELS, type Desk, openDesk, PEOPLE } from './desk.js';
import {
  at,
  buttonsOf,
  callsSince,
  conversation,
  mark,
  members,
  onRecord,
  onScreen,
  GUIDE,
  reads,
  type Recorded,
  USE,
  writesSince,
} from './reading.js';
import { screen, wordsOf } from './screen.js';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

const PRIVILEGES = /\/users\/\w+\/privileges$/;
/** What a call to Slack would draw. */
const Drawn = z.object({ blocks: z.array(z.looseObject({ type: z.string() })) });
const LENA = { slack: PEOPLE.lena, onezone: '‹lena›' };

/** What the record says of memberships themselves, whoever changed them. */
async function membershipsOnRecord(): Promise<readonly Pick<Recorded, 'what' | 'detail'>[]> {
  return (await desk.audit())
    .filter((it) => ['access changed', 'changed by others'].includes(it.what))
    .map(({ what, detail }) => {
      const plain: unknown = JSON.parse(reads(desk, JSON.stringify(detail)));
      return { what, detail: plain };
    });
}

const onLena = (
  what: Recorded['what'],
  detail: Readonly<Record<string, readonly string[] | null>>,
) => ({ what, detail: { onezone: '‹lena›', ...detail } });

describe('a grant that needs nobody’s agreement', () => {
  beforeEach(() => linked(desk, 'lena'));

  it('takes three calls to Onezone, and is done at once', async () => {
    const from = mark(desk);
    await asks(desk, 'cora', { people: ['lena'] });
    expect(callsSince(desk, from)).toEqual([
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 404',
      'PUT /handle_services/‹DataCite›/users/‹lena› 201',
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 200',
    ]);
    expect(members(desk)).toEqual({ lena: USE });
  });

  it('is told to the team, to whoever asked and to whoever got it, once each', async () => {
    await asks(desk, 'cora', { people: ['lena'] });
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([
      `${at('lena')} can use *DataCite* until ‹90d›\nIn Onezone: lena of Onezone (lena).`,
    ]);
    expect(conversation(desk, desk.told('cora'))).toEqual([
      `✅ ${at('lena')} can use *DataCite* until ‹90d›\nIn Onezone: lena of Onezone (lena).`,
    ]);
    expect(conversation(desk, desk.told('lena'))).toEqual([
      'You can now use *DataCite* until ‹90d›.\n' +
        'Whoever may use it can see the service and register identifiers for their shares.\n' +
        `In Onezone: lena of Onezone (lena). ${at('cora')} asked for it.\n${GUIDE}`,
    ]);
    expect(desk.texts(CHANNELS.desk)).toEqual([]);
    expect(desk.texts(CHANNELS.ops)).toEqual([]);
  });

  it('is on record with the rule that let it through and what it really added', async () => {
    const id = await asks(desk, 'cora', { people: ['lena'], reason: 'She minds the survey' });
    expect(await onRecord(desk, id)).toEqual([
      {
        who: PEOPLE.cora,
        what: 'asked',
        detail: {
          change: 'grant',
          wish: `let ${at('lena')} use DataCite for 90 days`,
          rule: 'actions.grant.approve.unless',
          reason: 'She minds the survey',
          level: 'use',
          until: { for: '90d' },
          identities: [{ ...LENA, by: 'linked' }],
        },
      },
      { who: 'bot', what: 'started', detail: { end: '‹90d›' } },
      {
        who: 'bot',
        what: 'carried out',
        detail: { outcomes: [{ ...LENA, kind: 'done', at: '‹0d›', has: USE, added: USE }] },
      },
    ]);
    expect(await membershipsOnRecord()).toEqual([
      onLena('access changed', { from: null, to: USE }),
    ]);
    const [asked] = (await desk.audit()).filter((it) => it.request === id);
    expect(asked?.service).toEqual({ id: desk.datacite, name: 'DataCite' });
    expect(asked?.people).toEqual([PEOPLE.lena]);
    expect(await desk.bot.services.store.audit.verify()).toMatchObject({ brokenAt: null });
  });

  it('adds to a member only what is missing, and keeps on record exactly that', async () => {
    becomes(desk, 'lena', ['handle_service_view', 'handle_service_delete']);
    const from = mark(desk);
    const id = await asks(desk, 'cora', { people: ['lena'] });
    expect(callsSince(desk, from)).toEqual([
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 200',
      'PATCH /handle_services/‹DataCite›/users/‹lena›/privileges 204',
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 200',
    ]);
    expect(desk.zone.log.find((it) => it.method === 'PATCH')?.body).toEqual({
      grant: ['handle_service_register_handle'],
      revoke: [],
    });
    const has = ['handle_service_delete', ...USE];
    expect((await onRecord(desk, id)).at(-1)?.detail).toEqual({
      outcomes: [
        { ...LENA, kind: 'done', at: '‹0d›', has, added: ['handle_service_register_handle'] },
      ],
    });
    expect(await membershipsOnRecord()).toEqual([
      onLena('access changed', {
        from: ['handle_service_delete', 'handle_service_view'],
        to: has,
      }),
    ]);
    expect(members(desk)).toEqual({ lena: has });
  });

  it('changes nothing for a member who has all of it', async () => {
    becomes(desk, 'lena', USE);
    const from = mark(desk);
    const id = await asks(desk, 'cora', { people: ['lena'] });
    expect(writesSince(desk, from)).toEqual([]);
    expect((await onRecord(desk, id)).at(-1)?.detail).toEqual({
      outcomes: [{ ...LENA, kind: 'done', at: '‹0d›', has: USE, added: [] }],
    });
    expect(await membershipsOnRecord()).toEqual([]);
  });

  it('leaves to others what they gave while it was on its way', async () => {
    const id = await meetsSomebodyElse();
    const has = ['handle_service_list_handles', ...USE];
    expect(members(desk)).toEqual({ lena: has });
    expect((await onRecord(desk, id)).at(-1)?.detail).toEqual({
      outcomes: [
        { ...LENA, kind: 'done', at: '‹0d›', has, added: ['handle_service_register_handle'] },
      ],
    });
    const theirs = ['handle_service_list_handles', 'handle_service_view'];
    expect(await membershipsOnRecord()).toEqual([
      onLena('changed by others', { added: ['member', ...theirs], removed: [] }),
      onLena('access changed', { from: theirs, to: has }),
    ]);
  });

  async function meetsSomebodyElse(): Promise<string> {
    meanwhile(desk, { method: 'GET', path: PRIVILEGES }, () => {
      becomes(desk, 'lena', ['handle_service_list_handles', 'handle_service_view']);
    });
    const from = mark(desk);
    const id = await asks(desk, 'cora', { people: ['lena'] });
    expect(callsSince(desk, from)).toEqual([
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 404',
      'PUT /handle_services/‹DataCite›/users/‹lena› 409',
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 200',
      'PATCH /handle_services/‹DataCite›/users/‹lena›/privileges 204',
      'GET /handle_services/‹DataCite›/users/‹lena›/privileges 200',
    ]);
    return id;
  }

  it('lets in somebody whom others took out while it was on its way', async () => {
    becomes(desk, 'lena', ['handle_service_view']);
    meanwhile(desk, { method: 'GET', path: PRIVILEGES }, () => {
      becomes(desk, 'lena', null);
    });
    const id = await asks(desk, 'cora', { people: ['lena'] });
    expect(members(desk)).toEqual({ lena: USE });
    expect((await onRecord(desk, id)).at(-1)?.detail).toEqual({
      outcomes: [{ ...LENA, kind: 'done', at: '‹0d›', has: USE, added: USE }],
    });
    expect(await membershipsOnRecord()).toEqual([
      onLena('changed by others', { added: [], removed: ['member', 'handle_service_view'] }),
      onLena('access changed', { from: null, to: USE }),
    ]);
    // Nothing was taken that the desk had given.
    expect(desk.texts(CHANNELS.ops)).toEqual([]);
  });

  it('is never called granted when Onezone shows something else than was asked for', async () => {
    meanwhile(desk, { method: 'PUT', path: /\/users\// }, () => {
      becomes(desk, 'lena', ['handle_service_view']);
    });
    const id = await asks(desk, 'cora', { people: ['lena'] });
    const trouble =
      'Onezone did not confirm it. Seen instead: handle_service_view.\n' +
      'Next: An operator has to look at it.\n' +
      'Support id: `‹support id›`';
    expect(conversation(desk, desk.told('cora'))).toEqual([
      `❓ *Unclear:* you asked to let ${at('lena')} use *DataCite* until ‹90d›.\n${trouble}`,
    ]);
    expect(conversation(desk, desk.texts(CHANNELS.ops))).toEqual([
      `❓ *Unclear:* ${at('cora')} asked to let ${at('lena')} use *DataCite* until ‹90d›.\n${trouble}\n` +
        `${at('lena')}: unclear. Onezone shows: handle_service_view\n` +
        `Look for \`‹support id›\` in the log and with \`npx handle-desk audit export\`.\nRequest ${id}`,
    ]);
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    expect(desk.told('lena')).toEqual([]);
    expect((await onRecord(desk, id)).at(-1)).toEqual({
      who: 'bot',
      what: 'unclear',
      detail: {
        outcomes: [{ ...LENA, kind: 'unclear', saw: 'handle_service_view' }],
        supportId: '‹supportId›',
      },
    });
    expect(await membershipsOnRecord()).toEqual([
      onLena('access changed', { from: null, to: ['handle_service_view'] }),
    ]);
  });

  it('is not called granted either when nobody is a member afterwards', async () => {
    meanwhile(desk, { method: 'PUT', path: /\/users\// }, () => {
      becomes(desk, 'lena', null);
    });
    await asks(desk, 'cora', { people: ['lena'] });
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    expect(desk.told('cora').join()).toContain('Seen instead: not a member.');
  });
});

describe('a grant that needs agreement', () => {
  it('shows the approvers exactly what it would do', async () => {
    const id = await asks(desk, 'lena', { reason: 'Survey data for my thesis' });
    expect(conversation(desk, screen(approvalOf(desk, id)))).toEqual([
      `⏳ ${at('lena')} asks to use *DataCite* for 90 days`,
      '\n> Survey data for my thesis',
      `${at('lena')}: lena in Onezone (same e-mail address, not confirmed yet) · new member`,
      '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.',
      '(Approve)',
      '(Deny)',
      '(Review…)',
    ]);
    await opensReview(desk, 'cora', id);
    expect(onScreen(desk, 'cora')).toBe(
      `⏳ *Waiting for agreement:* ${at('lena')} asks to use *DataCite* for 90 days.\n` +
        '*What approving would do*\n' +
        `• ${at('lena')}: lena (Onezone \`‹lena›\`, same e-mail address, not confirmed yet) is not a member → ` +
        'member with `handle_service_register_handle`, `handle_service_view` for 90 days\n' +
        '⚠️ Every member of a handle service can read its registrar password through Onezone’s API.\n' +
        `Reason (in the words of ${at('lena')})\n> Survey data for my thesis\n` +
        'Needs 1 agreement from curator or admin. Nobody has agreed yet. Lapses ‹7d› if nobody decides.\n' +
        `Request ${id}, rule actions.grant.approve\n` +
        '*What happened before*\n• Nothing with these people and this service.\n' +
        '[Your decision]\n[Comment]',
    );
    expect(desk.texts(CHANNELS.team)).toEqual([]);
    expect(desk.told('lena')).toEqual([]);
    expect(members(desk)).toEqual({});
  });

  it('is carried out by the approval, announced once, and tells how to publish', async () => {
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE });
    const can = `${at('lena')} can use *DataCite* until ‹90d› · ${at('cora')} approved\nIn Onezone: lena of Onezone (lena).`;
    expect(conversation(desk, desk.texts(CHANNELS.desk))).toEqual([`✅ ${can}`]);
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([can]);
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `✅ You can now use *DataCite* until ‹90d› · ${at('cora')} approved\n` +
        'Whoever may use it can see the service and register identifiers for their shares.\n' +
        `In Onezone: lena of Onezone (lena).\n${GUIDE}`,
    ]);
    expect(buttonsOf(approvalOf(desk, id))).toEqual(['(Details)']);
    await opensReview(desk, 'cora', id);
    expect(onScreen(desk, 'cora')).toBe(
      `✅ *Done:* ${at('lena')} asked to use *DataCite* until ‹90d›.\n` +
        `Approved by ${at('cora')} (‹0d›).\n` +
        'Read back from Onezone:\n' +
        `${at('lena')}: lena of Onezone (lena) is member with \`handle_service_register_handle\`, \`handle_service_view\` until ‹90d›\n` +
        `Reason (in the words of ${at('lena')})\n> Survey data for my thesis\n` +
        `Request ${id}, rule actions.grant.approve\n` +
        '*What happened before*\n• Nothing with these people and this service.',
    );
  });

  it('is on record from the wish to what was read back', async () => {
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    const lines = await onRecord(desk, id);
    expect(lines).toEqual([
      {
        who: PEOPLE.lena,
        what: 'asked',
        detail: {
          change: 'grant',
          wish: `let ${at('lena')} use DataCite for 90 days`,
          rule: 'actions.grant.approve',
          reason: 'Survey data for my thesis',
          needs: 1,
          by: ['curator', 'admin'],
          level: 'use',
          until: { for: '90d' },
          identities: [{ ...LENA, by: 'proposed' }],
        },
      },
      { who: 'bot', what: 'previewed', detail: { effect: '‹effect›' } },
      {
        who: PEOPLE.cora,
        what: 'approved',
        detail: { comment: '', missing: 0, effect: '‹effect›' },
      },
      { who: 'bot', what: 'started', detail: { end: '‹90d›' } },
      {
        who: 'bot',
        what: 'carried out',
        detail: { outcomes: [{ ...LENA, kind: 'done', at: '‹0d›', has: USE, added: USE }] },
      },
    ]);
    expect(await membershipsOnRecord()).toEqual([
      onLena('access changed', { from: null, to: USE }),
    ]);
  });

  it('stores the link that the approver confirmed', async () => {
    await approves(desk, 'cora', await asks(desk, 'lena'));
    const linkedLine = (await desk.audit()).find((it) => it.what === 'linked');
    expect(linkedLine).toMatchObject({
      who: PEOPLE.cora,
      people: [PEOPLE.lena],
      detail: { onezone: desk.onezoneIds.lena, how: 'by approval' },
    });
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.lena)).toMatchObject({
      onezone: desk.onezoneIds.lena,
      by: PEOPLE.cora,
    });
  });

  it('lets in those it can, and names those it cannot', async () => {
    await linked(desk, 'tom', 'gwen', 'lena');
    const id = await asks(desk, 'lena', { people: ['lena', 'tom', 'gwen'] });
    Reflect.deleteProperty(desk.zone.state.users, desk.onezoneIds.tom);
    await approves(desk, 'cora', id);
    expect(members(desk)).toEqual({ lena: USE, gwen: USE });
    const failed =
      `${at('tom')}: failed. The Onezone user of ${at('tom')} no longer exists. ` +
      `Renew the link with \`/handle link\` ${at('tom')}, then ask again.`;
    const can = `${at('lena')} and ${at('gwen')} can use *DataCite* until ‹90d› · ${at('cora')} approved`;
    const who = 'In Onezone: lena of Onezone (lena), gwen of Onezone (gwen).';
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `✅ 2 of 3: ${can}\n${who}\n${failed}\n${GUIDE}`,
    ]);
    const has = 'member with `handle_service_register_handle`, `handle_service_view` until ‹90d›';
    await opensReview(desk, 'cora', id);
    expect(onScreen(desk, 'cora')).toContain(
      `\n2 people of 3 have access until ‹90d›, read back from Onezone.\n` +
        `${at('lena')}: lena of Onezone (lena) is ${has}\n${failed}\n${at('gwen')}: gwen of Onezone (gwen) is ${has}\n`,
    );
    expect(conversation(desk, desk.texts(CHANNELS.team))).toEqual([`${can}\n${who}`]);
    expect(desk.told('tom')).toEqual([]);
    expect(desk.told('gwen')).toHaveLength(1);
  });
});

describe('a grant to fifty people', () => {
  it('shows how far it is in the message it was approved in', async () => {
    const people = await newcomers(desk, 50);
    const id = await asks(desk, 'lena', { others: people.map((it) => it.slack) });
    const { ts } = approvalOf(desk, id);
    await approves(desk, 'cora', id);
    const edits = desk.slack.calls
      .filter((it) => it.method === 'chat.update' && it.args['ts'] === ts)
      .map((it) => reads(desk, wordsOf(Drawn.parse(it.args))));
    const progress = edits.filter((it) => it.startsWith('⚙️ *Being carried out:* '));
    const counts = progress.map((it) => Number(/(\d+) of 50 done\./.exec(it)?.[1]));
    expect(counts.length).toBeGreaterThan(0);
    expect(counts).toEqual([...new Set(counts)].sort((one, other) => one - other));
    expect(edits.at(-1)).toBe(
      `✅ <@U0P01>, <@U0P02>, <@U0P03> and 47 others can use *DataCite* until ‹90d› · ${at('cora')} approved\n` +
        'In Onezone: Unnamed User (p01), Unnamed User (p02), Unnamed User (p03), Unnamed User (p04) and 46 others.',
    );
    expect(Object.keys(members(desk))).toHaveLength(50);
    expect(desk.texts(CHANNELS.team)).toHaveLength(1);
    expect(people.map((it) => desk.slack.directMessages(it.slack).length)).toEqual(
      people.map(() => 1),
    );
  });
});
