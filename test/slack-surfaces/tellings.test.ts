import { describe, expect, it } from '@jest/globals';
import type { GrantRequest, Request } from '../../src/requests/request.js';
import type { Telling } from '../../src/requests/step.js';
import { aBeneficiary, aGrant, aRegistration } from '../builders.js';
import { active, aDoneGrant, agreed, EFFECT, END, many, someone, told } from './telling.js';
import { drawn, expectValidMessage } from './valid.js';

const trouble = {
  why: 'Onezone answered 500 to PUT …/users/:id.',
  next: 'An operator has to look at it.',
  supportId: 'S-4711',
};
const failed = aBeneficiary({
  outcome: {
    kind: 'failed',
    why: 'The Onezone user of <@U0LENA> is blocked by the zone’s administrator.',
    next: 'A zone administrator can unblock it; then ask again.',
  },
});
const unclear = aBeneficiary({
  outcome: {
    kind: 'unclear',
    saw: 'a member without `handle_service_view`',
    receipt: { membership: true, privileges: [] },
  },
});
const mixed = [
  ...many(48).map((it) => active({ slack: it.slack, identity: it.identity })),
  someone(48, { outcome: failed.outcome }),
  someone(49, { outcome: failed.outcome }),
];

function seen(
  what: Telling,
  request: Request,
  said?: { to?: string; person?: string },
): { blocks: readonly string[]; text: string } {
  const message = told(what, request, said);
  expectValidMessage(message);
  return { blocks: drawn(message.blocks), text: message.text };
}

const forMyself = (said: Partial<GrantRequest> = {}): GrantRequest =>
  aDoneGrant({ requester: 'U0LENA', ...said });

describe('the outcome for the requester', () => {
  it.each<[string, Request]>([
    ['granted to someone else', aDoneGrant()],
    ['granted to myself, with what to do next', forMyself()],
    ['granted to many, but not to all', aDoneGrant({ people: mixed })],
    ['being carried out', aDoneGrant({ status: 'carrying out', people: [...mixed, someone(50)] })],
    [
      'failed',
      aGrant({
        status: 'failed',
        effect: EFFECT,
        decisions: [agreed()],
        trouble,
        people: [failed],
      }),
    ],
    [
      'unclear',
      aGrant({
        status: 'unclear',
        effect: EFFECT,
        decisions: [agreed()],
        trouble,
        people: [unclear],
      }),
    ],
    [
      'denied',
      aGrant({
        status: 'denied',
        decisions: [{ ...agreed('U0CURATOR', 'Ask your own library.'), verdict: 'deny' }],
      }),
    ],
    ['lapsed', aGrant({ status: 'lapsed' })],
    ['withdrawn', aGrant({ status: 'withdrawn' })],
    [
      'ended',
      aDoneGrant({ people: [active({ outcome: { kind: 'ended', at: END, left: 'nothing' } })] }),
    ],
    [
      'registered',
      aRegistration({
        status: 'done',
        approval: null,
        service: { id: '054900fc799a7f14451e99fac94f351ach7099', name: 'DataCite' },
      }),
    ],
    ['not registered', aRegistration({ status: 'failed', trouble })],
  ])('says it was %s', (name, request) => {
    expect(seen('outcome', request)).toMatchSnapshot(name);
  });

  it('says how to publish only to those who have access', () => {
    const text = 'Publish as Open Data';
    expect(told('outcome', forMyself()).text).toContain(text);
    expect(told('outcome', aDoneGrant()).text).not.toContain(text);
    const partly = forMyself({
      status: 'unclear',
      trouble,
      people: [active(), someone(1, unclear)],
    });
    expect(told('outcome', partly).text).toContain(text);
  });

  it('offers to give access to a service that was just registered', () => {
    const service = { id: 'service-new', name: 'DataCite' };
    const { blocks } = seen('outcome', aRegistration({ status: 'done', service }));
    expect(blocks).toContain('service-new');
    expect(blocks.at(-1)).toBe('[Grant access] open_grant service-new');
  });
});

describe('the other messages', () => {
  it('welcome a beneficiary with what they may do and how to begin', () => {
    expect(seen('welcome', aDoneGrant(), { to: 'U0LENA', person: 'U0LENA' })).toMatchSnapshot();
  });

  it('fill the id of the service into the example, which is JSON', () => {
    const { blocks } = seen('welcome', aDoneGrant());
    const example: unknown = JSON.parse(blocks.find((it) => it.startsWith('{')) ?? '');
    expect(example).toMatchObject({
      handleServiceId: 'service-datacite',
      resourceType: 'Share',
      metadataPrefix: 'oai_dc',
    });
  });

  it('announce who can do what until when, and never why', () => {
    const message = seen(
      'announcement',
      aDoneGrant({ effect: EFFECT, decisions: [agreed('U0CURATOR', 'secret')] }),
    );
    expect(message).toMatchInlineSnapshot(`
     {
       "blocks": [
         "<@U0LENA> can now use *DataCite* until <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>.",
         "<@U0CURATOR> agreed. Request R-0000000A",
       ],
       "text": "<@U0LENA> can now use *DataCite* until <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>.
     <@U0CURATOR> agreed.",
     }
    `);
    expect(JSON.stringify(message)).not.toMatch(/survey|secret/);
  });

  it('announce fifty people without calling all of them', () => {
    const { text } = seen('announcement', aDoneGrant({ people: mixed }));
    expect(text.match(/<@U0PERSON/gu)).toHaveLength(5);
    expect(text).toContain('and 43 others can now use *DataCite* until');
  });

  it('tell the requester that nothing is lost while Onezone is away', () => {
    expect(seen('kept', aGrant({ status: 'approved' }))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "⏳ *Onezone is not answering at the moment.* Your request is kept and will be carried out when Onezone is back; you need not ask again.",
         "Request R-0000000A: you asked to let <@U0LENA> use *DataCite* for 90 days",
       ],
       "text": "Onezone is not answering at the moment.
     Your request is kept and will be carried out when Onezone is back; you need not ask again.
     It is R-0000000A: you asked to let <@U0LENA> use *DataCite* for 90 days.",
     }
    `);
    expect(seen('kept', aGrant()).text).toContain('goes on by itself');
  });

  it('remind approvers and let them decide at once', () => {
    expect(seen('reminder', aGrant({ effect: 'abc' }))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "⏳ *Still waiting since <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>:* <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days.",
         "Needs 1 agreement from curator. Nobody has agreed yet. Lapses <!date^1773046800^{date_short_pretty} {time}|2026-03-09 09:00 UTC> if nobody decides.",
         "Decide on its own message, or with Review… here.",
         "Request R-0000000A",
         "[Review…] request_review R-0000000A:abc",
       ],
       "text": "Still waiting since <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>: <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days.
     Needs 1 agreement from curator. Nobody has agreed yet. Lapses <!date^1773046800^{date_short_pretty} {time}|2026-03-09 09:00 UTC> if nobody decides.
     Decide on its own message, or with Review… here.
     Request R-0000000A.",
     }
    `);
  });

  it('do not ask again for what was decided just now', () => {
    expect(seen('reminder', aGrant({ status: 'denied' }))).toEqual({
      blocks: [
        '⛔ *No longer waiting (Denied):* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days.',
        'Request R-0000000A',
      ],
      text: 'No longer waiting (Denied): <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days.\nRequest R-0000000A.',
    });
  });

  it.each([
    ['nothing', 'Nothing of it is left.'],
    [
      'what was there before',
      'What was there before is still there: `handle_service_list_handles`.',
    ],
    [
      'access through a group',
      'There is still access through a group in Onezone. This desk did not give it and cannot take it away; a zone administrator can.',
    ],
  ] as const)('tell that access ended, and that this is left: %s', (left, words) => {
    const before = left === 'what was there before' ? ['handle_service_list_handles'] : null;
    const person = active({ before, outcome: { kind: 'ended', at: END, left } });
    const request = aDoneGrant({ people: [person] });
    expect(seen('ended', request, { to: 'U0LENA', person: 'U0LENA' })).toEqual({
      blocks: [
        `🏁 Your access to *DataCite* has ended. ${words}`,
        'Request R-0000000A',
        '[Request access again] open_grant service-datacite',
      ],
      text: `Your access to *DataCite* has ended.\n${words}\nNeeded again? Ask with /handle request.`,
    });
  });

  it('name the person when someone else is told of the end', () => {
    const person = active({ outcome: { kind: 'ended', at: END, left: 'nothing' } });
    const request = aDoneGrant({ people: [person] });
    expect(seen('ended', request, { to: 'U0REQUESTER', person: 'U0LENA' }).text).toContain(
      'The access of <@U0LENA> to *DataCite* has ended.',
    );
  });

  it('tell operators what happened and where to look', () => {
    const request = aGrant({
      status: 'failed',
      effect: EFFECT,
      decisions: [agreed()],
      trouble,
      people: [failed],
    });
    expect(seen('trouble', request, { to: 'C0OPS' })).toMatchInlineSnapshot(`
     {
       "blocks": [
         "❌ *Failed:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days.",
         "Onezone answered 500 to PUT …/users/:id.",
         "Next: An operator has to look at it.",
         "Support id: \`S-4711\`",
         "<@U0LENA>: failed. The Onezone user of <@U0LENA> is blocked by the zone’s administrator. A zone administrator can unblock it; then ask again.",
         "Look for \`S-4711\` in the log and with \`npx handle-desk audit export\`.",
         "Request R-0000000A",
       ],
       "text": "Failed: <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days.
     Onezone answered 500 to PUT …/users/:id.
     Next: An operator has to look at it.
     Support id: \`S-4711\`
     <@U0LENA>: failed. The Onezone user of <@U0LENA> is blocked by the zone’s administrator. A zone administrator can unblock it; then ask again.
     Look for \`S-4711\` in the log and with \`npx handle-desk audit export\`.
     Request R-0000000A.",
     }
    `);
  });

  it('tell operators of an outage as what it is: nothing is lost', () => {
    const request = aGrant({ trouble: { ...trouble, why: 'Onezone does not answer.' } });
    const { text } = seen('trouble', request);
    expect(text).toContain('Onezone does not answer.');
    expect(text).toContain('Nothing is lost: the request is kept.');
    expect(text).not.toContain('not yet');
  });

  it('are not made for a registration, which lets nobody in', () => {
    expect(() => told('welcome', aRegistration())).toThrow(
      'There is no “welcome” for a request to register.',
    );
  });
});
