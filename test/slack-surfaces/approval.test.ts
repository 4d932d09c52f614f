import { describe, expect, it } from '@jest/globals';
import { decisionValue } from '../../src/markup/actions.js';
import { after, aGrant, aGrantAsk, aRegisterAsk, aRegistration, aSubject } from '../builders.js';
import {
  aDoneGrant,
  agreed,
  EFFECT,
  END,
  having,
  many,
  messageOf,
  someone,
  USE,
} from './drawing.js';
import { drawn, expectValidMessage } from './valid.js';

const waiting = aGrant({ effect: EFFECT });

function lines(message: ReturnType<typeof messageOf>): readonly string[] {
  expectValidMessage(message);
  return drawn(message.blocks);
}

describe('the approval message', () => {
  it('shows who asks what for whom, the exact effect, the warning, and three buttons', () => {
    const message = messageOf('approval', waiting);
    expect(lines(message)).toMatchInlineSnapshot(`
     [
       "⏳ <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days",
       "> Lena publishes the survey.",
       "<@U0LENA>: lena.k in Onezone (linked) · new member",
       "⚠️ Every member of a handle service can read its registrar password through Onezone’s API.",
       "[Approve] request_approve R-0000000A:abcdef012345",
       "[Deny] request_deny R-0000000A:abcdef012345",
       "[Review…] request_review R-0000000A:abcdef012345",
     ]
    `);
    expect(message.text).toMatchInlineSnapshot(
      `"Waiting for agreement: <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days"`,
    );
  });

  it('repeats the effect in words before Approve counts', () => {
    const buttons = messageOf('approval', waiting).blocks.at(-1);
    expect(buttons).toMatchInlineSnapshot(`
     {
       "elements": [
         {
           "accessibility_label": "Approve request R-0000000A",
           "action_id": "request_approve",
           "confirm": {
             "confirm": {
               "emoji": false,
               "text": "Approve",
               "type": "plain_text",
             },
             "deny": {
               "emoji": false,
               "text": "Not yet",
               "type": "plain_text",
             },
             "text": {
               "text": "You agree to let <@U0LENA> use *DataCite* for 90 days. Every member of a handle service can read its registrar password through Onezone’s API.",
               "type": "mrkdwn",
               "verbatim": true,
             },
             "title": {
               "emoji": false,
               "text": "Approve R-0000000A?",
               "type": "plain_text",
             },
           },
           "style": "primary",
           "text": {
             "emoji": false,
             "text": "Approve",
             "type": "plain_text",
           },
           "type": "button",
           "value": "R-0000000A:abcdef012345",
         },
         {
           "accessibility_label": "Deny request R-0000000A; a reason is asked for",
           "action_id": "request_deny",
           "style": "danger",
           "text": {
             "emoji": false,
             "text": "Deny",
             "type": "plain_text",
           },
           "type": "button",
           "value": "R-0000000A:abcdef012345",
         },
         {
           "accessibility_label": "Review request R-0000000A in full and decide",
           "action_id": "request_review",
           "text": {
             "emoji": false,
             "text": "Review…",
             "type": "plain_text",
           },
           "type": "button",
           "value": "R-0000000A:abcdef012345",
         },
       ],
       "type": "actions",
     }
    `);
  });

  it.each([
    [1, 'You confirm that <@U0PERSON00> is person.0 in Onezone.'],
    [3, 'You confirm 3 matches by e-mail.'],
  ])('says before Approve counts that it confirms a match by e-mail (%i)', (count, words) => {
    const subjects = many(count).map((subject) => ({
      ...subject,
      identity: subject.identity && { ...subject.identity, by: 'proposed' as const },
    }));
    const message = messageOf('approval', { ...waiting, subjects });
    expectValidMessage(message);
    expect(JSON.stringify(message.blocks.at(-1))).toContain(words);
    expect(JSON.stringify(messageOf('approval', waiting).blocks.at(-1))).not.toContain(
      'You confirm',
    );
  });

  it('never puts what a person wrote next to the buttons', () => {
    const { blocks } = messageOf('approval', waiting);
    const at = blocks.findIndex((block) => block.type === 'rich_text');
    expect(at).toBeGreaterThan(0);
    expect(blocks.slice(-2).map((block) => block.type)).toEqual(['section', 'actions']);
  });

  it('has no Approve while Onezone was not read, and says why', () => {
    const before = aGrant({ subjects: [aSubject({ identity: null, before: undefined })] });
    expect(lines(messageOf('approval', before))).toMatchInlineSnapshot(`
     [
       "⏳ <@U0REQUESTER> asks to let <@U0LENA> use *DataCite* for 90 days",
       "> Lena publishes the survey.",
       "<@U0LENA>: Onezone user not known yet · what they have now is not read yet",
       "Onezone has not been read for this request yet, so nobody can say what approving would do. *Approve* appears here as soon as it is known.",
       "⚠️ Every member of a handle service can read its registrar password through Onezone’s API.",
       "[Deny] request_deny R-0000000A:",
       "[Review…] request_review R-0000000A:",
     ]
    `);
    const trouble = { why: 'no answer', next: 'wait', supportId: 'S1' };
    expect(lines(messageOf('approval', { ...before, postponed: true, trouble }))).toContain(
      'Onezone is not answering, so nobody can say what approving would do. *Approve* appears here as soon as it is known.',
    );
  });

  it.each([
    [
      'a proposed match',
      aSubject({
        identity: {
          onezone: 'f1c8a0b1c2d3e4f5f1c8a0b1c2d3e4f5',
          name: 'Lena',
          username: null,
          by: 'proposed',
        },
      }),
      '<@U0LENA>: Lena in Onezone (same e-mail address, not confirmed yet) · new member',
    ],
    [
      'a member who lacks something',
      aSubject({ before: ['handle_service_view', 'handle_service_update'] }),
      '<@U0LENA>: lena.k in Onezone (linked) · a member already, who gets more',
    ],
    [
      'a member who has it all',
      aSubject({ before: [...USE] }),
      '<@U0LENA>: lena.k in Onezone (linked) · has all of it already',
    ],
  ])('says what changes for %s', (_, person, line) => {
    expect(lines(messageOf('approval', { ...waiting, subjects: [person] }))).toContain(line);
  });

  it('warns of what an owner can do', () => {
    const own = { ...waiting, ask: aGrantAsk({ level: 'own' }) };
    expect(lines(messageOf('approval', own))).toContain(
      '⚠️ With Own they can also maintain it, change it, delete it and decide about its members: as much power as an administrator has over this service.',
    );
  });

  it('says once of fifty people what is the same for all, and leaves the rest to Review…', () => {
    const fifty = { ...waiting, subjects: many(50, { before: null }) };
    const shown = lines(messageOf('approval', fifty));
    expect(shown.slice(2, 5)).toEqual([
      '50 people, none of them a member yet:',
      '• <@U0PERSON00>: person.0 in Onezone (linked)',
      '• <@U0PERSON01>: person.1 in Onezone (linked)',
    ]);
    expect(shown.filter((line) => line.startsWith('• '))).toHaveLength(10);
    expect(shown).toContain('and 40 more: see *Review…*');
    expect(shown[0]).toBe(
      '⏳ <@U0REQUESTER> asks to let <@U0PERSON00>, <@U0PERSON01>, <@U0PERSON02> and 47 others use *DataCite* for 90 days',
    );
    const member = aSubject({ identity: null, before: [...USE] });
    const others = many(49, { before: null });
    const mixed = lines(messageOf('approval', { ...fifty, subjects: [member, ...others] }));
    expect(mixed.slice(2, 4)).toEqual([
      '50 people, new members unless something else is said:',
      '• <@U0LENA>: Onezone user not known yet · has all of it already',
    ]);
  });

  it('counts the agreements and says what is missing', () => {
    const two = {
      ...waiting,
      approval: { count: 2, by: ['curator', 'admin'], rule: 'actions.grant.approve' },
      effect: EFFECT,
      decisions: [agreed('U0CURATOR', 'Fine with me.')],
    };
    const shown = lines(messageOf('approval', two));
    expect(shown).toContain('Comment (in the words of @U0CURATOR)');
    expect(shown).toContain('> Fine with me.');
    expect(shown.find((line) => line.startsWith('Needs'))).toBe(
      'Needs 2 agreements from curator or admin: <@U0CURATOR> (<!date^1772445600^{date_short_pretty} {time}|2026-03-02 10:00 UTC>) agreed; 1 more needed.',
    );
  });

  it('shows what would be registered, and the account only by its name', () => {
    const message = messageOf('approval', aRegistration({ effect: EFFECT }));
    expect(lines(message)).toMatchInlineSnapshot(`
     [
       "⏳ <@U0REQUESTER> asks to register the DOI handle service *DataCite*",
       "> For the survey.",
       "*Name* \`DataCite\`",
       "*Registrar type* DOI",
       "*Proxy endpoint* \`https://proxy.example.org/handle_proxy\`",
       "*Registrar account* \`datacite-test\` (from the policy file)",
       "*prefix* \`10.5072\`",
       "*allowTemplateOverride* no",
       "[Approve] request_approve R-0000000B:abcdef012345",
       "[Deny] request_deny R-0000000B:abcdef012345",
       "[Review…] request_review R-0000000B:abcdef012345",
     ]
    `);
  });

  it.each([
    ['https://proxy.example.org', null],
    ['http://proxy.example.org', 'to proxy.example.org, readable by every network in between'],
    ['localhost:17000/handle_proxy', 'to the Onezone host itself'],
  ])('warns about the endpoint %s', (proxyEndpoint, where) => {
    const request = aRegistration({ effect: EFFECT, ask: aRegisterAsk({ proxyEndpoint }) });
    const message = messageOf('approval', request);
    const warned = lines(message).filter((line) => line.startsWith('⚠️ The address has no https:'));
    expect(warned).toHaveLength(where === null ? 0 : 1);
    if (where !== null) expect(warned[0]).toContain(`password in clear text ${where}`);
  });

  it('repeats before Approve counts that the password would travel in clear text', () => {
    const ask = aRegisterAsk({ proxyEndpoint: 'http://proxy.example.org' });
    const buttons = messageOf('approval', aRegistration({ effect: EFFECT, ask })).blocks.at(-1);
    expect(JSON.stringify(buttons)).toContain('send the registrar password in clear text');
  });

  it('shows no property that could be a credential', () => {
    const properties = { prefix: '10.1', password: 'hunter2', username: 'admin', apiToken: 'abc' };
    const message = messageOf('approval', aRegistration({ ask: aRegisterAsk({ properties }) }));
    expect(JSON.stringify(message)).not.toMatch(/hunter2|"abc"|apiToken/);
  });
});

describe('the approval message after the decision', () => {
  const denial = { ...agreed('U0CURATOR', 'Not this year.'), verdict: 'deny' as const };
  const trouble = {
    why: 'Onezone refused the call.',
    next: 'An operator has to look at it.',
    supportId: 'S-4711',
  };
  const fifty = many(50).map((subject, index) =>
    index < 30 ? having({ slack: subject.slack }) : index === 30 ? failing(subject.slack) : subject,
  );

  it.each([
    ['approved', aGrant({ status: 'approved', effect: EFFECT, decisions: [agreed()] })],
    [
      'carrying out',
      aGrant({ status: 'carrying out', effect: EFFECT, decisions: [agreed()], subjects: fifty }),
    ],
    ['done', aDoneGrant()],
    [
      'failed',
      aGrant({
        status: 'failed',
        effect: EFFECT,
        decisions: [agreed()],
        trouble,
        subjects: [failing()],
      }),
    ],
    [
      'unclear',
      aGrant({
        status: 'unclear',
        effect: EFFECT,
        decisions: [agreed()],
        trouble,
        subjects: [
          someone(1, {
            outcome: { kind: 'unclear', saw: 'no membership' },
          }),
        ],
      }),
    ],
    ['denied', aGrant({ status: 'denied', decisions: [denial] })],
    ['withdrawn', aGrant({ status: 'withdrawn' })],
    ['lapsed', aGrant({ status: 'lapsed' })],
    [
      'ended',
      aDoneGrant({
        subjects: [
          having({ outcome: { kind: 'ended', at: END, left: 'nothing' } }),
          someone(2, { outcome: { kind: 'ended', at: END, left: 'access through a group' } }),
        ],
      }),
    ],
    [
      'registered',
      aRegistration({
        status: 'done',
        effect: EFFECT,
        decisions: [agreed('U0ADMIN')],
        service: { id: 'service-new', name: 'DataCite' },
      }),
    ],
  ])('is left with Details and tells how it went: %s', (name, request) => {
    const message = messageOf('approval', request);
    expect(lines(message).filter((line) => line.startsWith('['))).toEqual([
      `[Details] request_review ${decisionValue(request)}`,
    ]);
    expect(message.text.length).toBeLessThan(150);
    expect({ blocks: lines(message), text: message.text }).toMatchSnapshot(name);
  });

  it('keeps an approved request while Onezone is away, and says so', () => {
    const kept = aGrant({ status: 'approved', postponed: true, trouble });
    expect(lines(messageOf('approval', kept))).toContain(
      'Onezone is not answering. The request is kept and will be carried out when it is back.',
    );
  });

  it('keeps what approvers wrote', () => {
    const message = messageOf(
      'approval',
      aDoneGrant({ decisions: [agreed('U0CURATOR', 'Mind the quota.')] }),
    );
    expect(lines(message)).toContain('> Mind the quota.');
  });

  it('shortens a long reason and long comments instead of growing too long for Slack', () => {
    const decisions = Array.from({ length: 9 }, (_, index) =>
      agreed(`U0APPROVER${String(index)}`, 'c'.repeat(3000)),
    );
    const long = { ...waiting, decisions, reason: '<&>'.repeat(1000) };
    expectValidMessage(messageOf('approval', { ...long, subjects: many(50, { before: [] }) }));
    expect(messageOf('approval', long).blocks.at(-1)?.type).toBe('actions');
  });

  function failing(slack = 'U0LENA') {
    return aSubject({
      slack,
      outcome: {
        kind: 'failed',
        why: `The Onezone user of <@${slack}> is blocked.`,
        next: 'Type `/handle link`.',
      },
    });
  }
});

it('is the same for the same request, so that an unchanged message is not edited', () => {
  expect(messageOf('approval', waiting)).toEqual(messageOf('approval', aGrant({ effect: EFFECT })));
  expect(messageOf('approval', { ...waiting, askedAt: after(1) })).toEqual(
    messageOf('approval', waiting),
  );
});
