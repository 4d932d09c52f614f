import { describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import type { Request } from '../../src/requests/request.js';
import { approvalModal, denyModal, type Review } from '../../src/slack/surfaces/approval-modal.js';
import type { HomeShown } from '../../src/queries/data.js';
import { homeView } from '../../src/slack/surfaces/home.js';
import {
  decisionValue,
  pageValue,
  parseDecisionValue,
  parsePageValue,
} from '../../src/slack/ids.js';
import { aGrant, aRegistration } from '../builders.js';
import { aDoneGrant, EFFECT, END, facts, many } from './telling.js';
import { drawn, expectValidView } from './valid.js';

const may = { approve: null, deny: null };

function review(request: Request, said: Partial<Omit<Review, 'request'>> = {}) {
  const view = approvalModal({ request, history: [], refused: may, ...said }, facts);
  expectValidView(view);
  return view;
}

describe('the approval modal', () => {
  it('has everything on one screen, and the decision', () => {
    const history = [aDoneGrant({ id: 'R-0000000Z' })];
    const view = review(aGrant({ effect: EFFECT }), { history });
    expect(drawn(view)).toMatchInlineSnapshot(`
     [
       "R-0000000A",
       "Not yet",
       "Decide",
       "⏳ *Waiting for agreement:* <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days.",
       "*What approving would do*",
       "• <@U0LENA>: lena.k (Onezone \`onezone-lena\`, linked) is not a member → member with \`handle_service_register_handle\`, \`handle_service_view\` for 90 days",
       "*Know this before you agree*",
       "• Every member of a handle service can read its registrar password through Onezone’s API.",
       "Reason (in the words of @U0REQUESTER)",
       "> Lena publishes the survey.",
       "Needs 1 agreement from curator. Nobody has agreed yet. Lapses <!date^1773046800^{date_short_pretty} {time}|2026-03-09 09:00 UTC> if nobody decides.",
       "*What happened before*",
       "• ✅ *Done:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* until <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000Z",
       "Your decision",
       "Approve",
       "Do what stands above under “What approving would do”.",
       "Deny",
       "Nothing is changed.",
       "Comment",
       "Needed to deny: the requester reads why. When you approve you may leave it out.",
       "What the requester should know",
     ]
    `);
    expect(view.submit?.text).toBe('Decide');
    expect(view.callback_id).toBe('request_review');
    expect(JSON.parse(view.private_metadata ?? '')).toEqual({
      request: 'R-0000000A',
      effect: EFFECT,
    });
  });

  it('names all fifty people with their full ids', () => {
    const people = many(50, { before: null });
    const shown = drawn(review(aGrant({ effect: EFFECT, people })));
    expect(shown.filter((it) => it.includes('is not a member → member with'))).toHaveLength(50);
    expect(shown.join()).toContain('`054900007c799a7f14451e99fac94f351ach7099`');
  });

  it('offers only what this person may do, and says why not', () => {
    const request = aGrant({ effect: EFFECT });
    const own = refusals.ownRequest();
    const neither = review(request, { refused: { approve: own, deny: own } });
    expect(neither.submit).toBeUndefined();
    expect(neither.blocks.some((it) => it.type === 'input')).toBe(false);
    expect(drawn(neither)).toContain(
      'You asked for this yourself, so you cannot be the one who agrees. Another approver has to decide. You can withdraw it.',
    );
    const again = review(request, { refused: { approve: refusals.alreadyApproved(), deny: null } });
    expect(valuesOf(again)).toEqual(['deny']);
    expect(valuesOf(review(request))).toEqual(['approve', 'deny']);
  });

  it('cannot approve what was not read', () => {
    const view = review(aGrant());
    expect(valuesOf(view)).toEqual(['deny']);
    expect(drawn(view)).toContain(
      'It cannot be approved yet: Onezone has not been read, so nobody can say what approving would do.',
    );
  });

  it('only tells how it went once it is decided', () => {
    const view = review(aDoneGrant());
    expect(view.submit).toBeUndefined();
    expect(drawn(view)).toContain(
      '✅ *Done:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* until <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>.',
    );
  });

  it('shows a registration too', () => {
    expect(drawn(review(aRegistration({ effect: EFFECT })))).toContain('*Proxy endpoint*');
  });

  it('shows the whole of the longest reason', () => {
    const { ask } = aGrant();
    const reason = 'r'.repeat(3000);
    expect(drawn(review(aGrant({ effect: EFFECT, ask: { ...ask, reason } })))).toContain(
      `> ${reason}`,
    );
  });
});

describe('the deny modal', () => {
  it('asks for a reason that the requester will read', () => {
    const view = denyModal(aGrant({ effect: EFFECT }));
    expectValidView(view);
    expect(view.callback_id).toBe('request_deny_reason');
    expect(view.blocks.find((it) => it.type === 'input')).toMatchObject({
      block_id: 'comment',
      optional: false,
      element: { action_id: 'comment', max_length: 500 },
    });
    expect(drawn(view)).toMatchInlineSnapshot(`
     [
       "Deny",
       "Not yet",
       "Deny",
       "<@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days.",
       "Why not?",
       "The requester reads this.",
       "What would have to be different?",
       "Request R-0000000A",
     ]
    `);
  });
});

describe('Home', () => {
  const service = { id: 'service-datacite', name: 'DataCite', registrar: 'DOI', prefix: '10.5072' };
  const empty: HomeShown = {
    access: [],
    requests: [],
    waiting: [],
    services: [],
    servicesTotal: 0,
    mayAsk: { grant: true, register: false },
    refused: null,
  };

  it('says in words what is not there', () => {
    const view = homeView(empty);
    expectValidView(view);
    expect(drawn(view)).toEqual([
      'Handle Desk',
      '[Request access] open_grant',
      'Waiting for you',
      'Nobody waits for your decision.',
      'Your access',
      'You have no access through this desk yet.',
      'Your requests',
      'You have asked for nothing.',
      'Handle services',
      'There is no handle service yet.',
    ]);
  });

  it('has a button for everything', () => {
    const view = homeView({
      access: [{ service, level: 'use', end: END, request: 'R-0000000C' }],
      requests: [aGrant()],
      waiting: [aRegistration({ effect: EFFECT })],
      services: [service],
      servicesTotal: 1000,
      mayAsk: { grant: true, register: true },
      refused: null,
    });
    expectValidView(view);
    expect(drawn(view)).toMatchInlineSnapshot(`
     [
       "Handle Desk",
       "[Request access] open_grant",
       "[Register a handle service] open_register",
       "Waiting for you",
       "⏳ *Waiting for agreement:* <@U0REQUESTER> asked to register the DOI handle service *DataCite*, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000B",
       "[Review…] request_review R-0000000B:abcdef012345",
       "Your access",
       "*DataCite*: Use until <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>",
       "[Show] show_service service-datacite",
       "Your requests",
       "⏳ *Waiting for agreement:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000A",
       "[Withdraw] request_withdraw R-0000000A",
       "Handle services",
       "*DataCite* (DOI, prefix \`10.5072\`, id \`service-datacite\`)",
       "[Request access] open_grant service-datacite",
       "and 999 more: \`/handle services\`",
     ]
    `);
  });

  it('fits however much there is', () => {
    const much = 200;
    const all = <T>(item: T): T[] => Array.from({ length: much }, () => item);
    const view = homeView({
      access: all({ service, level: 'use', end: null, request: 'R-0000000C' }),
      requests: all(aGrant()),
      waiting: all(aGrant({ effect: EFFECT })),
      services: all(service),
      servicesTotal: 1000,
      mayAsk: { grant: false, register: false },
      refused: null,
    });
    expectValidView(view);
    expect(drawn(view)).toContain('and 985 more: `/handle services`');
    expect(drawn(view).some((it) => it.startsWith('Shortened'))).toBe(false);
  });

  it('tells those who can do nothing why', () => {
    const view = homeView({ ...empty, refused: refusals.guest().message });
    expectValidView(view);
    expect(drawn(view)).toEqual([
      'Handle Desk',
      'Guests of this workspace can neither ask nor agree.',
    ]);
  });
});

describe('what buttons carry', () => {
  it('comes back as it went', () => {
    expect(parseDecisionValue(decisionValue({ id: 'R-0000000A', effect: EFFECT }))).toEqual({
      request: 'R-0000000A',
      effect: EFFECT,
    });
    expect(parseDecisionValue(decisionValue({ id: 'R-0000000A', effect: null }))).toEqual({
      request: 'R-0000000A',
      effect: null,
    });
    expect(parsePageValue(pageValue({ offset: 30, text: 'a:b' }))).toEqual({
      offset: 30,
      text: 'a:b',
    });
  });

  it('may be nonsense', () => {
    expect(parseDecisionValue('')).toEqual({ request: '', effect: null });
    expect(parsePageValue('x')).toEqual({ offset: 0, text: '' });
    expect(parsePageValue('-5:x')).toEqual({ offset: 0, text: 'x' });
  });
});

/** The values of the radio buttons. */
function valuesOf(view: ReturnType<typeof approvalModal>): readonly string[] {
  return [...JSON.stringify(view.blocks).matchAll(/"value":"(approve|deny)"/gu)].map(
    ([, value]) => value ?? '',
  );
}
