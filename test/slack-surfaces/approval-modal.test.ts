import { describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import type { Request } from '../../src/requests/request.js';
import { approvalModal, denyModal, type Review } from '../../src/slack/surfaces/approval-modal.js';
import { aGrant, aRegistration } from '../builders.js';
import { aDoneGrant, drawing, EFFECT, many } from './drawing.js';
import { drawn, expectValidView } from './valid.js';

const may = { approve: null, deny: null };

function review(request: Request, said: Partial<Omit<Review, 'request'>> = {}) {
  const view = approvalModal({ request, history: [], refused: may, ...said }, drawing);
  expectValidView(view);
  return view;
}

describe('the approval modal', () => {
  it('has everything on one screen, and the decision', () => {
    const history = [aDoneGrant({ id: 'R-0000000Z' })];
    const view = review(aGrant({ effect: EFFECT }), { history });
    expect(drawn(view)).toMatchInlineSnapshot(`
     [
       "Review request",
       "Not yet",
       "Decide",
       "⏳ *Waiting for agreement:* <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days.",
       "*What approving would do*",
       "• <@U0LENA>: lena.k (Onezone \`onezone-lena\`, linked) is not a member → member with \`handle_service_register_handle\`, \`handle_service_view\` for 90 days",
       "⚠️ Every member of a handle service can read its registrar password through Onezone’s API.",
       "Reason (in the words of @U0REQUESTER)",
       "> Lena publishes the survey.",
       "Needs 1 agreement from curator. Nobody has agreed yet. Lapses <!date^1773046800^{date_short_pretty} {time}|2026-03-09 09:00 UTC> if nobody decides.",
       "Request R-0000000A, rule actions.grant",
       "*What happened before*",
       "• ✅ *Done:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* until <!date^1780218000^{date_short_pretty}|2026-05-31 UTC>, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000Z",
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
    const subjects = many(50, { before: null });
    const shown = drawn(review(aGrant({ effect: EFFECT, subjects })));
    expect(shown.filter((line) => line.includes('is not a member → member with'))).toHaveLength(50);
    expect(shown.join()).toContain('`054900007c799a7f14451e99fac94f351ach7099`');
  });

  it('offers only what this person may do, and says why not', () => {
    const request = aGrant({ effect: EFFECT });
    const own = refusals.ownRequest();
    const neither = review(request, { refused: { approve: own, deny: own } });
    expect(neither.submit).toBeUndefined();
    expect(neither.blocks.some((block) => block.type === 'input')).toBe(false);
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
      '✅ *Done:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* until <!date^1780218000^{date_short_pretty}|2026-05-31 UTC>.',
    );
  });

  it('shows a registration too', () => {
    expect(drawn(review(aRegistration({ effect: EFFECT })))).toContain('*Proxy endpoint*');
  });

  it('shows the whole of the longest reason', () => {
    const reason = 'r'.repeat(3000);
    expect(drawn(review(aGrant({ effect: EFFECT, reason })))).toContain(`> ${reason}`);
  });
});

describe('the deny modal', () => {
  it('asks for a reason that the requester will read', () => {
    const request = aGrant({ effect: EFFECT });
    const view = denyModal(request, drawing.changes.of(request));
    expectValidView(view);
    expect(view.callback_id).toBe('request_deny_reason');
    expect(view.blocks.find((block) => block.type === 'input')).toMatchObject({
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
     ]
    `);
  });
});

/** The values of the radio buttons. */
function valuesOf(view: ReturnType<typeof approvalModal>): readonly string[] {
  return [...JSON.stringify(view.blocks).matchAll(/"value":"(approve|deny)"/gu)].map(
    ([, value]) => value ?? '',
  );
}
