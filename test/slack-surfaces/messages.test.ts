import { describe, expect, it } from '@jest/globals';
import type { ToNotify } from '../../src/chat.js';
import type { Request } from '../../src/requests/request.js';
import type { MessageKind } from '../../src/requests/step.js';
import { aGrant, aRegistration, aSubject } from '../builders.js';
import {
  aDoneGrant,
  agreed,
  drawMessage,
  EFFECT,
  END,
  having,
  many,
  messageOf,
  someone,
} from './drawing.js';
import { drawn, expectValidMessage } from './valid.js';

const trouble = {
  why: 'Onezone answered 500 to PUT …/users/:id.',
  next: 'An operator has to look at it.',
  supportId: 'S-4711',
};
const failed = aSubject({
  outcome: {
    kind: 'failed',
    why: 'The Onezone user of <@U0LENA> is blocked by the zone’s administrator.',
    next: 'A zone administrator can unblock it; then ask again.',
  },
});
const unclear = aSubject({
  outcome: {
    kind: 'unclear',
    saw: 'a member without `handle_service_view`',
  },
});
const mixed = [
  ...many(48).map(({ slack, identity }) => having({ slack, identity })),
  someone(48, { outcome: failed.outcome }),
  someone(49, { outcome: failed.outcome }),
];

const COMMENTED = agreed('U0CURATOR', 'Only for the survey, please.');
const AGAIN =
  '[Request access again] open_grant {"service":{"value":"service-datacite","text":"DataCite"}}';

function seen(
  kind: MessageKind,
  request: Request,
  to?: Partial<Pick<ToNotify, 'to' | 'person' | 'trouble' | 'undelivered'>>,
): { blocks: readonly string[]; text: string } {
  const message = messageOf(kind, request, to);
  expectValidMessage(message);
  expect(message.text.length).toBeLessThan(150);
  return { blocks: drawn(message.blocks), text: message.text };
}

/** All that stands on the screen, buttons too. */
const said = (...about: Parameters<typeof seen>): string => seen(...about).blocks.join('\n');

const forMyself = (said: Partial<Request> = {}): Request =>
  aDoneGrant({ requester: 'U0LENA', ...said });

describe('the outcome for the requester', () => {
  it.each<[string, Request]>([
    ['granted to someone else', aDoneGrant()],
    ['granted to myself, with what to do next', forMyself()],
    ['granted to many, but not to all', aDoneGrant({ subjects: mixed })],
    [
      'being carried out',
      aDoneGrant({ status: 'carrying out', subjects: [...mixed, someone(50)] }),
    ],
    [
      'failed',
      aGrant({
        status: 'failed',
        effect: EFFECT,
        decisions: [agreed()],
        trouble,
        subjects: [failed],
      }),
    ],
    [
      'unclear',
      aGrant({
        status: 'unclear',
        effect: EFFECT,
        decisions: [agreed()],
        trouble,
        subjects: [unclear],
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
      aDoneGrant({ subjects: [having({ outcome: { kind: 'ended', at: END, left: 'nothing' } })] }),
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
    const first = { end: END, newcomers: ['U0LENA'] };
    expect(said('outcome', forMyself({ body: first }))).toContain(text);
    expect(said('outcome', forMyself())).not.toContain(text);
    expect(said('outcome', forMyself())).toContain('[How to publish] how_to_publish R-0000000A');
    expect(said('outcome', aDoneGrant({ body: first }))).not.toContain(text);
    const partly = forMyself({
      status: 'unclear',
      trouble,
      body: first,
      subjects: [having(), someone(1, unclear)],
    });
    expect(said('outcome', partly)).toContain(text);
  });

  it('offers to give access to a service that was just registered', () => {
    const service = { id: 'service-new', name: 'DataCite' };
    const { blocks } = seen('outcome', aRegistration({ status: 'done', service }));
    expect(blocks).toContain('Its id in Onezone: `service-new`');
    expect(blocks.at(-1)).toBe(
      '[Grant access] open_grant {"service":{"value":"service-new","text":"DataCite"}}',
    );
  });

  it.each<[string, Request]>([
    ['granted', aDoneGrant({ decisions: [COMMENTED] })],
    ['being carried out', aDoneGrant({ status: 'carrying out', decisions: [COMMENTED] })],
    ['unclear', aDoneGrant({ status: 'unclear', trouble, decisions: [COMMENTED] })],
    ['registered', aRegistration({ status: 'done', effect: EFFECT, decisions: [COMMENTED] })],
  ])('brings what an approver wrote: %s', (_, request) => {
    const { blocks } = seen('outcome', request);
    expect(blocks).toContain('Comment (in the words of @U0CURATOR)');
    expect(blocks).toContain('> Only for the survey, please.');
  });

  it.each([
    ['denied', '/handle register'],
    ['lapsed', '/handle register'],
  ] as const)('says how to ask for the same again: %s', (status, command) => {
    expect(said('outcome', aRegistration({ status }))).toContain(`ask again with \`${command}\``);
  });

  it('says nothing of agreement to what is one’s own', () => {
    const outcome = { kind: 'done', at: END, has: null, left: 'nothing' } as const;
    const request = aDoneGrant({
      change: 'release',
      action: null,
      approval: null,
      decisions: [],
      requester: 'U0LENA',
      ask: { service: 'service-datacite' },
      body: {},
      subjects: [aSubject({ outcome })],
    });
    expect(seen('outcome', request)).toEqual({
      blocks: [
        '✅ Given back: your access to *DataCite* has ended. Thank you.',
        'Nothing of it is left.',
        AGAIN,
      ],
      text: 'Given back: your access to *DataCite* has ended. Thank you.',
    });
    expect(said('outcome', { ...request, status: 'approved' })).not.toContain('policy');
  });

  it('says person by person what went wrong and what did not', () => {
    const request = aDoneGrant({
      status: 'unclear',
      trouble,
      subjects: [having(), someone(1, { outcome: unclear.outcome })],
    });
    const { blocks } = seen('outcome', request);
    expect(blocks).toContain(
      '<@U0PERSON01>: unclear. Onezone shows: a member without `handle_service_view`',
    );
    expect(blocks.filter((line) => line.startsWith('<@U0PERSON01>'))).toHaveLength(1);
    const asMe = said('outcome', { ...request, requester: 'U0LENA' });
    expect(asMe).toContain('1 of 2: <@U0LENA> can use *DataCite* until');
    expect(asMe.match(/unclear\. Onezone shows/gu)).toHaveLength(1);
  });
});

describe('the other messages', () => {
  it('welcome a beneficiary with what they may do and how to begin', () => {
    expect(seen('welcome', aDoneGrant(), { to: 'U0LENA', person: 'U0LENA' })).toMatchSnapshot();
  });

  it('fill the id of the service into the example, which is JSON', () => {
    const body = { end: END, newcomers: ['U0LENA'] };
    const { blocks } = seen('welcome', aDoneGrant({ body }), { to: 'U0LENA' });
    const example: unknown = JSON.parse(blocks.find((line) => line.startsWith('{')) ?? '');
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
         "<@U0LENA> can use *DataCite* until <!date^1780218000^{date_short_pretty}|2026-05-31 UTC> · <@U0CURATOR> approved",
         "In Onezone: Lena Krüger (lena.k).",
       ],
       "text": "<@U0LENA> can use *DataCite* until <!date^1780218000^{date_short_pretty}|2026-05-31 UTC> · <@U0CURATOR> approved",
     }
    `);
    expect(JSON.stringify(message)).not.toMatch(/survey|secret/);
  });

  it('announce fifty people without calling all of them', () => {
    const [text = ''] = seen('announcement', aDoneGrant({ subjects: mixed })).blocks;
    expect(text.match(/<@U0PERSON/gu)).toHaveLength(5);
    expect(text).toContain('and 43 others can use *DataCite* until');
  });

  it('tell the requester that nothing is lost while Onezone is away', () => {
    expect(seen('kept', aGrant({ status: 'approved' }))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "⏳ *Onezone is not answering at the moment.* Your request is kept and will be carried out when Onezone is back; you need not ask again.",
         "R-0000000A: you asked to let <@U0LENA> use *DataCite* for 90 days",
       ],
       "text": "Onezone is not answering at the moment. Your request is kept.",
     }
    `);
    expect(said('kept', aGrant())).toContain('goes on by itself');
  });

  it('remind approvers and let them decide at once', () => {
    expect(seen('reminder', aGrant({ effect: 'abc' }))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "⏳ *Still waiting since <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>:* <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days.",
         "Needs 1 agreement from curator. Nobody has agreed yet. Lapses <!date^1773046800^{date_short_pretty} {time}|2026-03-09 09:00 UTC> if nobody decides.",
         "Decide on its own message, or with Review… here.",
         "[Review…] request_review R-0000000A:abc",
       ],
       "text": "Still waiting: <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days",
     }
    `);
  });

  it('do not ask again for what was decided just now', () => {
    expect(seen('reminder', aGrant({ status: 'denied' }))).toEqual({
      blocks: [
        '⛔ *No longer waiting (Denied):* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days.',
      ],
      text: 'No longer waiting (Denied): <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days',
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
    const person = having({ before, outcome: { kind: 'ended', at: END, left } });
    const request = aDoneGrant({ subjects: [person] });
    expect(seen('ended', request, { to: 'U0LENA', person: 'U0LENA' })).toEqual({
      blocks: [`🏁 Your access to *DataCite* has ended. ${words}`, AGAIN],
      text: 'Your access to *DataCite* has ended.',
    });
  });

  it('name the person when someone else is told of the end', () => {
    const person = having({ outcome: { kind: 'ended', at: END, left: 'nothing' } });
    const request = aDoneGrant({ subjects: [person] });
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
      subjects: [failed],
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
       "text": "Failed: <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days",
     }
    `);
  });

  it('tell operators of an outage as what it is: nothing is lost', () => {
    const request = aGrant({ trouble: { ...trouble, why: 'Onezone does not answer.' } });
    const text = said('trouble', request);
    expect(text).toContain('Onezone does not answer.');
    expect(text).toContain('Nothing is lost: the request is kept.');
    expect(text).not.toContain('not yet');
  });

  it('let operators try again what is kept, and not what is settled', () => {
    const kept = seen('trouble', aGrant({ trouble }));
    expect(kept.blocks.at(-1)).toBe('[Try again] request_retry R-0000000A');
    const settled = seen('trouble', aGrant({ status: 'failed', trouble, subjects: [failed] }));
    expect(settled.blocks.join()).not.toContain('request_retry');
  });

  it('tell operators that too few people may agree', () => {
    expect(said('trouble', aGrant(), { trouble: 'too few may agree' })).toBe(
      '⚠️ <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days, and there are not enough people who may agree to it.\n' +
        'Next: give more people a role that may agree (`actions.grant` in the policy file). Whoever asks or gets access never counts.\n' +
        'Request R-0000000A',
    );
  });

  it.each([
    ['C0TEAM', '`C0TEAM`', 'is_archived', false, 'Next: let the desk into that conversation again'],
    ['U0LENA', '<@U0LENA>', 'invalid_blocks', true, 'It is tried on, and no other message waits'],
    ['U0LENA', '<@U0LENA>', 'cannot_be_drawn', false, 'Next: report this; the log says what'],
  ])('tell operators what did not reach %s', (to, shown, code, tryingOn, next) => {
    const undelivered = { message: 'welcome', to, code, tryingOn };
    const text = said('trouble', aGrant(), { trouble: 'undelivered', undelivered });
    expect(text).toContain(
      `The *welcome* message of R-0000000A could not be delivered to ${shown}. `,
    );
    expect(text).toContain(next);
    expect(text.includes(`Slack says: \`${code}\``)).toBe(code !== 'cannot_be_drawn');
  });

  it('warn of the end of access with what can be done about it', () => {
    expect(seen('warning', aDoneGrant(), { to: 'U0LENA', person: 'U0LENA' }))
      .toMatchInlineSnapshot(`
     {
       "blocks": [
         "⏳ Your access to *DataCite* ends <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>. Still needed? Extend it: it goes on without a break. Done already? Give it back.",
         "[Extend…] open_extend {"access":"R-0000000A:U0LENA"}",
         "[I’m done] open_release {"service":"service-datacite"}",
       ],
       "text": "Your access to *DataCite* ends <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>.",
     }
    `);
  });

  it.each<[MessageKind, Request, string]>([
    ['welcome', aRegistration(), 'U0LENA'],
    ['announcement', aRegistration(), 'C0TEAM'],
    ['warning', aRegistration(), 'U0LENA'],
    ['ended', aRegistration(), 'U0LENA'],
    ['welcome', aDoneGrant(), 'U0OTHER'],
    ['warning', aDoneGrant({ body: { end: null } }), 'U0LENA'],
    ['ended', aDoneGrant(), 'U0LENA'],
  ])('are not there where there is nothing to say: %s', (kind, request, to) => {
    expect(drawMessage(kind, request, { to })).toBeNull();
  });
});
