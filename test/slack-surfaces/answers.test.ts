import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MEMBER } from '../../src/access/privilege-set.js';
import { changes } from '../../src/changes/index.js';
import { createChanges } from '../../src/changes/table.js';
import { refusals } from '../../src/errors.js';
import type { Document } from '../../src/markup/parts.js';
import { helpAnswer } from '../../src/queries/help.js';
import type { Held } from '../../src/queries/access.js';
import type { Member } from '../../src/queries/members.js';
import { mineAnswer, type OwnAccess } from '../../src/queries/mine.js';
import { requestsAnswer } from '../../src/queries/requests.js';
import type { ServiceLine } from '../../src/queries/service-line.js';
import { SERVICES_A_PAGE, servicesAnswer } from '../../src/queries/services.js';
import { type ServiceShown, showAnswer } from '../../src/queries/show.js';
import { whoamiAnswer, type WhoShown } from '../../src/queries/whoami.js';
import { didYouMeanAnswer, faultAnswer, refusalAnswer } from '../../src/slack/surfaces/answers.js';
import { drawMessage } from '../../src/slack/surfaces/render/whole.js';
import { aClaim, aGrant, aRegistration, aSubject } from '../builders.js';
import { aDoneGrant, EFFECT, END } from './drawing.js';
import { drawn, expectValidMessage } from './valid.js';

const table = createChanges(changes);

const service: ServiceLine = {
  id: '054900fc799a7f14451e99fac94f351ach7099',
  name: 'DataCite',
  registrar: 'DOI',
  prefix: '10.5072',
};
const own: Held = { service, onezone: 'onezone-lena', claim: aClaim({ until: END }) };
const ownAccess: OwnAccess = { strongest: own, longest: null, changes };
const lena: Member = { slack: 'U0LENA', name: 'Lena Krüger', first: own, more: [] };
const omar: Member = {
  slack: 'U0OMAR',
  name: 'Omar Haddad',
  first: { ...own, claim: aClaim({ slack: 'U0OMAR', lost: ['handle_namedview'] }) },
  more: [{ ...own, claim: aClaim({ slack: 'U0OMAR', level: 'own', until: null }) }],
};
const shown: ServiceShown = {
  ...service,
  proxyEndpoint: 'https://proxy.example.org',
  mine: [],
  members: [lena, omar],
  offered: { service: changes, member: [] },
};
const who: WhoShown = {
  slack: 'U0LENA',
  said: {
    kind: 'known',
    identity: { onezone: 'onezone-lena', name: 'Lena Krüger', username: 'lena.k', by: 'linked' },
  },
  roles: ['everyone', 'curator'],
  may: [{ usage: 'request [SERVICE]', summary: 'Ask for access.', needs: 'grant' }],
};

function seen(document: Document): { blocks: readonly string[]; text: string } {
  const message = drawMessage(document);
  expectValidMessage(message);
  return { blocks: drawn(message.blocks), text: message.text };
}

describe('an answer', () => {
  it('to help lists only what it is given', () => {
    expect(seen(helpAnswer(who.may))).toEqual({
      blocks: [
        '*What you can do*',
        '• `/handle request [SERVICE]` Ask for access.',
        'Or say it in words, to me alone or to me by name in a channel: “I need access to DataCite for 7 days”, “what do I have?”',
      ],
      text: 'What you can do',
    });
    expect(helpAnswer([]).text.markup).toContain('The policy lets you do nothing here.');
  });

  it('to requests has a button for each that waits', () => {
    const waiting = [aRegistration({ effect: EFFECT })];
    const mine = [aGrant({ requester: 'U0LENA' }), aDoneGrant({ id: 'R-0000000C' })];
    expect(seen(requestsAnswer({ mine, waiting, changes: table }))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "*Waiting for you*",
         "⏳ *Waiting for agreement:* <@U0REQUESTER> asked to register the DOI handle service *DataCite*, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000B",
         "[Review…] request_review R-0000000B:abcdef012345",
         "*Asked by you*",
         "⏳ *Waiting for agreement:* <@U0LENA> asked to use *DataCite* for 90 days, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000A",
         "[Withdraw] request_withdraw R-0000000A",
         "✅ *Done:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* until <!date^1780218000^{date_short_pretty}|2026-05-31 UTC>, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000C",
       ],
       "text": "1 request waiting for you, 2 asked by you",
     }
    `);
  });

  it('to requests says so when there are none, and how many more there are', () => {
    expect(seen(requestsAnswer({ mine: [], waiting: [], changes: table })).blocks).toEqual([
      '*Waiting for you*',
      'Nothing.',
      '*Asked by you*',
      'Nothing.',
    ]);
    const mine = Array.from({ length: 100 }, () => aGrant({ subjects: [aSubject()] }));
    const { blocks } = seen(requestsAnswer({ mine, waiting: mine, changes: table }));
    expect(blocks).toContain('and 88 older ones');
  });

  it('to mine shows what ends when, and what one can do with it', () => {
    const maintains = { ...own, claim: aClaim({ level: 'maintain', until: END }) };
    const forever = { ...own, claim: aClaim({ until: null }) };
    const both = { strongest: maintains, longest: forever, changes };
    expect(seen(mineAnswer([ownAccess, both]))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "*Your access*",
         "Use · *DataCite* · ends <!date^1780218000^{date_short_pretty}|2026-05-31 UTC>",
         "[Extend…] open_extend {"access":"R-0000000A:U0LENA"}",
         "[I’m done] open_release {"service":"054900fc799a7f14451e99fac94f351ach7099"}",
         "Maintain · *DataCite* · ends <!date^1780218000^{date_short_pretty}|2026-05-31 UTC>, then Use with no end",
         "[I’m done] open_release {"service":"054900fc799a7f14451e99fac94f351ach7099"}",
       ],
       "text": "Your access: 2 handle services",
     }
    `);
    expect(mineAnswer([]).text.markup).toBe(
      'You have no access through this desk. Ask for it with `/handle request`.',
    );
  });

  it('to mine says what others took away, which cannot be extended', () => {
    const losing = (...lost: string[]): OwnAccess => ({
      ...ownAccess,
      strongest: { ...own, claim: aClaim({ lost }) },
    });
    const [taken, partly] = [losing(MEMBER, 'handle_namedview'), losing('handle_namedview')];
    const { blocks } = seen(mineAnswer([taken, partly]));
    expect(blocks[1]).toContain(
      '(taken away in Onezone by hand; `/handle restore` or a new request gives it again)',
    );
    expect(blocks[2]).toMatch(/^\[I’m done\] open_release/);
    expect(blocks[3]).toContain('(partly taken away in Onezone by hand;');
    expect(blocks.join()).not.toContain('open_extend');
  });

  it('to mine offers nothing that the policy would refuse, and fits however much it is', () => {
    const { blocks } = seen(mineAnswer([{ ...ownAccess, changes: [] }]));
    expect(blocks).toHaveLength(2);
    const named = { ...service, name: 'n'.repeat(200) };
    const long = { ...ownAccess, strongest: { ...own, service: named } };
    const much = seen(mineAnswer(Array.from({ length: 99 }, () => long))).blocks;
    expect(much).toContain('and 87 more');
    expect(much.join()).not.toContain('Shortened');
  });

  it('to services is a page with a way to the next', () => {
    const services = Array.from({ length: SERVICES_A_PAGE }, () => service);
    const page = {
      services: services.map((it) => ({ ...it, isNamesake: true })),
      total: 1000,
      offset: 15,
      text: 'data:cite',
      unread: null,
    };
    const { blocks } = seen(servicesAnswer(page));
    expect(blocks.slice(0, 3)).toEqual([
      '*1000 handle services with “data:cite” in the name*',
      '*DataCite* · DOI · prefix `10.5072` · id `054900fc799a7f14451e99fac94f351ach7099`',
      '[Show] show_service 054900fc799a7f14451e99fac94f351ach7099',
    ]);
    expect(blocks.slice(-2)).toEqual([
      '16 to 30 of 1000',
      '[Show more] services_more 30:data:cite',
    ]);
  });

  it('to services has no next page at the end, and words for none', () => {
    const last = { services: [service], total: 1, offset: 0, text: '', unread: null };
    expect(seen(servicesAnswer(last)).blocks.at(-1)).toBe('1 to 1 of 1');
    const none = { services: [], total: 0, offset: 0, text: '', unread: null };
    expect(servicesAnswer(none).text.markup).toContain('There is no handle service yet.');
    expect(servicesAnswer({ ...none, text: '<!here>' }).text.markup).toContain(
      'No handle service has “&lt;!here&gt;” in its name.',
    );
  });

  it('to show tells of one service all but its credential', () => {
    expect(seen(showAnswer(shown))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "*DataCite*",
         "*Id*",
         "\`054900fc799a7f14451e99fac94f351ach7099\`",
         "*Registrar type*",
         "\`DOI\`",
         "*Prefix*",
         "\`10.5072\`",
         "*Proxy endpoint*",
         "\`https://proxy.example.org\`",
         "*You*",
         "You have no access through this desk.",
         "*People with access*",
         "• <@U0LENA>: Use until <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC>",
         "• <@U0OMAR>: Use until <!date^1780218000^{date_short_pretty} {time}|2026-05-31 09:00 UTC> (partly taken away in Onezone by hand; \`/handle restore\` or a new request gives it again); Own with no end",
         "Only people let in through this desk are listed; Onezone may know more members.",
         "[Request access] open_grant {"service":{"value":"054900fc799a7f14451e99fac94f351ach7099","text":"DataCite"}}",
       ],
       "text": "Handle service *DataCite*",
     }
    `);
  });

  it('to show has a button beside each person for those who may take access away', () => {
    const members = Array.from({ length: 99 }, (_, at) => ({
      ...lena,
      slack: `U0P${String(at)}`,
      first: { ...own, claim: aClaim({ slack: `U0P${String(at)}` }) },
    }));
    const may = { ...shown, members, offered: { service: [], member: changes } };
    const { blocks } = seen(showAnswer(may));
    const revoke = blocks.filter((line) => line.startsWith('[Revoke…]'));
    expect(revoke).toHaveLength(15);
    expect(revoke[1]).toBe(
      `[Revoke…] open_revoke {"service":{"value":"${service.id}","text":"DataCite"},"people":["U0P1"]}`,
    );
    expect(blocks).toContain('*Others with access*');
    expect(blocks.filter((line) => line.includes('<@U0P'))).toHaveLength(30);
    expect(blocks).toContain('• and 69 more');
    expect(blocks.join()).not.toContain('Shortened');
  });

  it('to show says what is not known, and offers nothing one may not do', () => {
    const { blocks } = seen(
      showAnswer({
        ...shown,
        proxyEndpoint: null,
        registrar: null,
        members: [],
        mine: [own],
        offered: { service: [], member: changes },
      }),
    );
    expect(blocks.filter((line) => line === 'not known')).toHaveLength(2);
    expect(blocks).toContain('• Nobody through this desk.');
    expect(blocks.some((line) => line.startsWith('['))).toBe(false);
  });

  it('to whoami names both identities, the roles and what they allow', () => {
    expect(seen(whoamiAnswer(who))).toMatchInlineSnapshot(`
     {
       "blocks": [
         "*Slack*",
         "<@U0LENA>, id \`U0LENA\`",
         "*Onezone*",
         "lena.k (Onezone \`onezone-lena\`, linked)",
         "*Roles*",
         "everyone, curator",
         "*What you may do*",
         "• \`/handle request [SERVICE]\` Ask for access.",
       ],
       "text": "You are <@U0LENA>; in Onezone: lena.k (Onezone \`onezone-lena\`, linked)",
     }
    `);
    const refusal = refusals.notLinked('<@U0LENA>');
    const unlinked = whoamiAnswer({ ...who, said: { kind: 'refused', refusal }, may: [] });
    expect(unlinked.text.markup).toContain(
      'Onezone: <@U0LENA> is not linked to a Onezone user, and no e-mail address in Onezone matches.',
    );
  });
});

describe('a no', () => {
  it('says why, what to do and which rule', () => {
    expect(
      seen(refusalAnswer(refusals.notInRole('register', ['admin'], 'actions.register.may'))),
    ).toEqual({
      blocks: [
        '⛔ You may not register: the policy lets only admin do that.',
        'Next: Ask someone with the role admin.',
        'Rule: `actions.register.may` in the policy file',
      ],
      text: 'You may not register: the policy lets only admin do that.',
    });
  });

  it('mentions only people that the bot itself names', () => {
    expect(refusalAnswer(refusals.notLinked('<@U0LENA>')).text.markup).toContain(
      '<@U0LENA> is not linked',
    );
    expect(refusalAnswer(refusals.unknownService('<@U0ADMIN> `x` <!here>')).text.markup).toBe(
      'No handle service is called “&lt;@U0ADMIN&gt; `x` &lt;!here&gt;”.',
    );
  });

  it('fits whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 5000 }), fc.string(), (why, next) => {
        expectValidMessage(drawMessage(refusalAnswer(refusals.badValue('name', why, next))));
        expectValidMessage(
          drawMessage(refusalAnswer(refusals.badForm({ people: why, name: next }))),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('to a fault gives the support id and no cause', () => {
    expect(seen(faultAnswer('S-4711'))).toEqual({
      blocks: [
        '❌ Something went wrong on our side. Try again; if it happens again, tell an operator the support id `S-4711`.',
      ],
      text: 'Something went wrong on our side. Try again; if it happens again, tell an operator the support id `S-4711`.',
    });
  });

  it('to an unknown word asks what was meant', () => {
    expect(seen(didYouMeanAnswer('servces', 'services')).text).toBe(
      'There is no `/handle servces`. Did you mean `/handle services`? `/handle help` shows what there is.',
    );
    expect(seen(didYouMeanAnswer('x`<!here>', null)).text).toBe(
      'There is no `/handle xˋ&lt;!here&gt;`. `/handle help` shows what there is.',
    );
  });
});
