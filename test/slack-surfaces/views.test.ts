import { describe, expect, it } from '@jest/globals';
import { changes } from '../../src/changes/index.js';
import { createChanges } from '../../src/changes/table.js';
import { refusals } from '../../src/errors.js';
import {
  decisionValue,
  pageValue,
  parseDecisionValue,
  parsePageValue,
} from '../../src/markup/actions.js';
import type { HomeShown } from '../../src/queries/home.js';
import { homeView } from '../../src/slack/surfaces/home.js';
import { aClaim, aGrant, aRegistration } from '../builders.js';
import { EFFECT, END } from './drawing.js';
import { drawn, expectValidView } from './valid.js';

describe('Home', () => {
  const service = { id: 'service-datacite', name: 'DataCite', registrar: 'DOI', prefix: '10.5072' };
  const held = { service, onezone: 'onezone-lena', claim: aClaim({ until: END }) };
  const own = { strongest: held, longest: null, changes };
  const empty: HomeShown = {
    doors: changes.filter(({ name }) => name === 'grant'),
    access: [],
    mine: [],
    waiting: [],
    changes: createChanges(changes),
    services: [],
    servicesTotal: 0,
    servicesUnread: null,
    refused: null,
  };

  it('leaves out what is not there, and says that it will be', () => {
    const view = homeView(empty);
    expectValidView(view);
    expect(drawn(view)).toEqual([
      'Handle Desk',
      '[Request access] open_grant {}',
      'Nothing here yet. What you ask for, what you may use and what waits for you will be on this page.',
    ]);
  });

  it('has a button for everything', () => {
    const view = homeView({
      ...empty,
      doors: changes,
      access: [own],
      mine: [aGrant()],
      waiting: [aRegistration({ effect: EFFECT })],
      services: [
        { ...service, offered: changes, own },
        {
          ...service,
          id: 'service-2',
          name: 'ePIC',
          isNamesake: true,
          offered: changes,
          own: null,
        },
        { ...service, id: 'service-3', name: 'ePIC', isNamesake: true, offered: [], own: null },
      ],
      servicesTotal: 1000,
      servicesUnread: null,
    });
    expectValidView(view);
    expect(drawn(view)).toMatchInlineSnapshot(`
     [
       "Handle Desk",
       "[Request access] open_grant {}",
       "[Register a handle service] open_register {}",
       "Waiting for you",
       "⏳ *Waiting for agreement:* <@U0REQUESTER> asked to register the DOI handle service *DataCite*, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000B",
       "[Review…] request_review R-0000000B:abcdef012345",
       "Your access",
       "Use · *DataCite* · ends <!date^1780218000^{date_short_pretty}|2026-05-31 UTC>",
       "[Extend…] open_extend {"access":"R-0000000A:U0LENA"}",
       "[I’m done] open_release {"service":"service-datacite"}",
       "Your requests",
       "⏳ *Waiting for agreement:* <@U0REQUESTER> asked to let <@U0LENA> use *DataCite* for 90 days, <!date^1772442000^{date_short_pretty} {time}|2026-03-02 09:00 UTC>. R-0000000A",
       "[Withdraw] request_withdraw R-0000000A",
       "Handle services",
       "*DataCite* · DOI · prefix \`10.5072\`",
       "You have it until <!date^1780218000^{date_short_pretty}|2026-05-31 UTC>.",
       "[Show] show_service service-datacite",
       "*ePIC* · DOI · prefix \`10.5072\` · id \`service-2\`",
       "[Request access] open_grant {"service":{"value":"service-2","text":"ePIC"}}",
       "*ePIC* · DOI · prefix \`10.5072\` · id \`service-3\`",
       "[Show] show_service service-3",
       "and 997 more: \`/handle services\`",
     ]
    `);
  });

  it('fits however much there is', () => {
    const much = 200;
    const all = <Item>(item: Item): Item[] => Array.from({ length: much }, () => item);
    const view = homeView({
      ...empty,
      access: all(own),
      mine: all(aGrant()),
      waiting: all(aGrant({ effect: EFFECT })),
      services: all({ ...service, offered: changes, own: null }),
      servicesTotal: 1000,
      servicesUnread: null,
    });
    expectValidView(view);
    expect(drawn(view)).toContain('and 985 more: `/handle services`');
    expect(drawn(view).some((line) => line.startsWith('Shortened'))).toBe(false);
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
