import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { approves, approvalOf, asks, changes, linked, statusOf } from './acting.js';
import {
  answered,
  answerTo,
  decides,
  formAfter,
  opens,
  recorded,
  refusalsOnRecord,
  sends,
  told,
  typed,
} from './acts.js';
import { CHANNELS, DAY, type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import { conversation } from './reading.js';
import { screen, wordsOf } from './screen.js';

const REQUEST =
  '`/handle request [@person …] [SERVICE]` Ask for access to a handle service, for yourself or others.';
const REGISTER =
  '`/handle register [NAME]` Register a handle service: a DOI or PID registrar account.';
const EXTEND = '`/handle extend [SERVICE]` Ask that access goes on beyond its end.';
const DONE = '`/handle done [SERVICE]` Give back access that you no longer need.';
const REVOKE =
  '`/handle revoke @person … [SERVICE]` Take away access that the desk gave, before its time.';
const RESTORE =
  '`/handle restore @person … [SERVICE]` Give again what was taken away in Onezone by hand.';
const TOLD = [
  '`/handle requests` Your requests, and those that wait for you.',
  '`/handle mine` Your access, and when it ends.',
  '`/handle services [TEXT]` All handle services, or those whose name contains the text.',
  '`/handle show NAME` One handle service and who has access to it.',
  '`/handle whoami` Who you are in Slack and Onezone, and what you may do.',
  '`/handle withdraw R-…` Take back a request that still waits.',
];
const LINK = '`/handle link @person [NAME]` Say which Onezone user a person is.';
const UNLINK = '`/handle unlink @person` Forget which Onezone user a person is.';
const LINK_ME = '`/handle link me` Prove which Onezone user you are.';
const HELP = '`/handle help` This list.';

const FOR_RESEARCHERS = [REQUEST, EXTEND, DONE, RESTORE, ...TOLD, LINK_ME, HELP];
const FOR_CURATORS = [
  REQUEST,
  REGISTER,
  EXTEND,
  DONE,
  REVOKE,
  RESTORE,
  LINK,
  UNLINK,
  ...TOLD,
  LINK_ME,
  HELP,
];

/** A word on the other way, below every list. */
const IN_WORDS =
  'Or say it in words, to me alone or to me by name in a channel: “I need access to DataCite for 7 days”, “what do I have?”';

const point = (line: string): string => `• ${line}`;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.stop());

describe('/handle help', () => {
  it.each(['/handle', '/handle help', '/handle HELP'])(
    '%s shows a researcher what they may do',
    async (line) => {
      expect(await told(desk, 'lena', line)).toBe(
        ['*What you can do*', ...FOR_RESEARCHERS.map(point), IN_WORDS].join('\n'),
      );
    },
  );

  it.each(['cora', 'ada'] as const)('shows %s what they may do besides', async (name) => {
    expect(await told(desk, name, '/handle help')).toBe(
      ['*What you can do*', ...FOR_CURATORS.map(point), IN_WORDS].join('\n'),
    );
  });
});

describe('a word that is none', () => {
  it.each([
    [
      'reqests',
      'There is no `/handle reqests`. Did you mean `/handle requests`? `/handle help` shows what there is.',
    ],
    [
      'whomai',
      'There is no `/handle whomai`. Did you mean `/handle whoami`? `/handle help` shows what there is.',
    ],
    [
      'regsiter',
      'There is no `/handle regsiter`. Did you mean `/handle register`? `/handle help` shows what there is.',
    ],
    ['xyzzyxyzzy', 'There is no `/handle xyzzyxyzzy`. `/handle help` shows what there is.'],
  ])('%s', async (word, answer) => {
    expect(await told(desk, 'lena', `/handle ${word}`)).toBe(answer);
  });
});

describe('/handle requests', () => {
  it('shows nothing to someone whom nothing concerns', async () => {
    expect(screen(await answered(desk, 'tom', '/handle requests'))).toEqual([
      '*Waiting for you*\nNothing.',
      '*Asked by you*\nNothing.',
    ]);
  });

  it('shows what one asked for, to be withdrawn there', async () => {
    const id = await asks(desk, 'lena');
    const answer = await answered(desk, 'lena', '/handle requests');
    expect(screen(answer)).toEqual([
      '*Waiting for you*\nNothing.',
      '*Asked by you*',
      `⏳ *Waiting for agreement:* <@U0LENA> asked to use *DataCite* for 90 days, ‹time›. ${id}`,
      '(Withdraw)',
    ]);
    const withdrawn = await answerTo(desk, 'lena', () =>
      desk.as('lena').clicks(answer, 'request_withdraw'),
    );
    expect(wordsOf(withdrawn)).toBe(`${id} is withdrawn. Nobody is asked any more.`);
    await desk.works();
    expect(screen(approvalOf(desk, id))).toEqual([
      '↩️ *Withdrawn:* <@U0LENA> asked to use *DataCite* for 90 days.',
      '<@U0LENA> withdrew it. Nothing was changed in Onezone.',
      '(Details)',
    ]);
    const again = await answerTo(desk, 'lena', () =>
      desk.as('lena').clicks(answer, 'request_withdraw'),
    );
    expect(wordsOf(again)).toBe(
      `⛔ ${id} is already withdrawn.\nNext: Nothing was changed. The message shows how it ended.`,
    );
  });

  it('shows an approver what waits for them, to be reviewed and decided there', async () => {
    const id = await asks(desk, 'lena');
    const answer = await answered(desk, 'cora', '/handle requests');
    expect(screen(answer)).toEqual([
      '*Waiting for you*',
      `⏳ *Waiting for agreement:* <@U0LENA> asked to use *DataCite* for 90 days, ‹time›. ${id}`,
      '(Review…)',
      '*Asked by you*\nNothing.',
    ]);
    await formAfter(desk, 'cora', () => desk.as('cora').clicks(answer, 'request_review'));
    await decides(desk, 'cora', { verdict: 'approve' });
    expect(await statusOf(desk, id)).toBe('done');
    expect(await told(desk, 'cora', '/handle requests')).toBe(
      '*Waiting for you*\nNothing.\n*Asked by you*\nNothing.',
    );
  });

  it('does not show an approver their own request as one that waits for them', async () => {
    await desk.policy(POLICY.replaceAll('unless: [curator, admin]', 'unless: [admin]'));
    const id = await asks(desk, 'cora');
    expect(screen(await answered(desk, 'cora', '/handle requests'))).toEqual([
      '*Waiting for you*\nNothing.',
      '*Asked by you*',
      `⏳ *Waiting for agreement:* <@U0CORA> asked to use *DataCite* for 90 days, ‹time›. ${id}`,
      '(Withdraw)',
    ]);
  });
});

describe('/handle withdraw', () => {
  const refused = async (name: 'lena' | 'cora', line: string) => ({
    says: await told(desk, name, line),
    record: (await refusalsOnRecord(desk)).at(-1),
  });

  it('takes back one’s own request, however its number is written', async () => {
    const id = await asks(desk, 'lena');
    expect(await told(desk, 'lena', `/handle withdraw ${id.toLowerCase()}`)).toBe(
      `${id} is withdrawn. Nobody is asked any more.`,
    );
    expect((await recorded(desk)).at(-1)).toEqual({
      who: PEOPLE.lena,
      what: 'withdrawn',
      request: id,
      service: { id: desk.datacite, name: 'DataCite' },
      people: [PEOPLE.lena],
      detail: {},
    });
  });

  it('refuses a foreign one', async () => {
    const id = await asks(desk, 'lena');
    expect(await refused('cora', `/handle withdraw ${id}`)).toEqual({
      says: '⛔ Only the person who asked can withdraw a request.\nNext: An approver can deny it instead.',
      record: 'U0CORA withdraw: notYours: Only the person who asked can withdraw a request. (null)',
    });
    expect(await statusOf(desk, id)).toBe('pending');
  });

  it('refuses one that is decided', async () => {
    const id = await asks(desk, 'lena');
    await approves(desk, 'cora', id);
    expect(await refused('lena', `/handle withdraw ${id}`)).toEqual({
      says: `⛔ ${id} is already done.\nNext: Nothing was changed. The message shows how it ended.`,
      record: `U0LENA withdraw: notPending: ${id} is already done. (null)`,
    });
  });

  it('refuses what is no request', async () => {
    expect(await told(desk, 'lena', '/handle withdraw *everything*')).toBe(
      '⛔ There is no request ∗everything∗.\nNext: Type `/handle requests` to see yours.',
    );
    expect(await refused('lena', '/handle withdraw R-AAAAAAAA')).toEqual({
      says: '⛔ There is no request R-AAAAAAAA.\nNext: Type `/handle requests` to see yours.',
      record: 'U0LENA withdraw: unknownRequest: There is no request R-AAAAAAAA. (null)',
    });
  });

  it('without a number shows one’s requests with their buttons', async () => {
    await asks(desk, 'lena');
    expect(screen(await answered(desk, 'lena', '/handle withdraw'))).toContain('(Withdraw)');
  });
});

describe('/handle mine', () => {
  it('says how to get access to someone who has none', async () => {
    expect(await told(desk, 'lena', '/handle mine')).toBe(
      'You have no access through this desk. Ask for it with `/handle request`.',
    );
  });

  it('shows each access with its end, the next to end first, and not what has ended', async () => {
    await linked(desk, 'lena');
    desk.zone.addHandleService({ name: 'B2HANDLE' });
    await desk.passes(6 * 60_000);
    await asks(desk, 'cora', { people: ['lena'], duration: 'permanent' });
    await asks(desk, 'cora', {
      people: ['lena'],
      service: 'B2HANDLE',
      duration: '8h',
      level: 'maintain',
    });
    expect(await told(desk, 'lena', '/handle mine')).toBe(
      '*Your access*\nMaintain · *B2HANDLE* · ends ‹time›\nUse · *DataCite* · no end',
    );
    await desk.passes(DAY);
    expect(await told(desk, 'lena', '/handle mine')).toBe(
      '*Your access*\nUse · *DataCite* · no end',
    );
  });
});

describe('/handle services', () => {
  it('shows pages of fifteen, with a button for the next', async () => {
    for (let at = 0; at < 32; at += 1) {
      desk.zone.addHandleService({ name: `Service ${String(at).padStart(2, '0')}` });
    }
    await desk.passes(6 * 60_000);
    const pages = [await answered(desk, 'lena', '/handle services')];
    for (let last = pages[0]; last !== undefined && screen(last).includes('(Show more)');) {
      const from = last;
      last = await answerTo(desk, 'lena', () => desk.as('lena').clicks(from, 'services_more'));
      pages.push(last);
    }
    expect(pages.map((it) => it.text)).toEqual([
      '33 handle services: 1 to 15 of 33',
      '33 handle services: 16 to 30 of 33',
      '33 handle services: 31 to 33 of 33',
    ]);
    const shown = pages.map((it) => wordsOf(it).split('\n'));
    expect(shown.map((lines) => [lines[0], lines.at(-1)])).toEqual([
      ['*33 handle services*', '1 to 15 of 33'],
      ['*33 handle services*', '16 to 30 of 33'],
      ['*33 handle services*', '31 to 33 of 33'],
    ]);
    const names = shown.flat().flatMap((line) => /^\*(.+)\* · PID/.exec(line)?.[1] ?? []);
    expect(names).toEqual([
      'DataCite',
      ...Array.from({ length: 32 }, (_, at) => `Service ${String(at).padStart(2, '0')}`),
    ]);
  });

  it('searches, and says when nothing is found', async () => {
    expect(await told(desk, 'lena', '/handle services cite')).toBe(
      '*1 handle service with “cite” in the name*\n*DataCite* · PID · prefix `21.T15999`\n1 to 1 of 1',
    );
    expect(await told(desk, 'lena', '/handle services zzz')).toBe(
      'No handle service has “zzz” in its name. `/handle services` shows all.',
    );
  });

  it('leads on to one of them', async () => {
    const list = await answered(desk, 'lena', '/handle services');
    const shown = await answerTo(desk, 'lena', () => desk.as('lena').clicks(list, 'show_service'));
    expect(screen(shown)[0]).toBe('*DataCite*');
    const form = await formAfter(desk, 'lena', () => desk.as('lena').clicks(shown, 'open_grant'));
    expect(typed(form)).toMatchObject({ service: desk.datacite, people: [PEOPLE.lena] });
  });
});

describe('/handle show', () => {
  const facts = () => [
    `*Id*\n\`${desk.datacite}\``,
    '*Registrar type*\n`PID`',
    '*Prefix*\n`21.T15999`',
    '*Proxy endpoint*\n`https://hps.example.org/api/v1`',
  ];
  const ONLY_OURS =
    'Only people let in through this desk are listed; Onezone may know more members.';

  it('shows a service by name or id, who has access, and no credential', async () => {
    await linked(desk, 'lena');
    await asks(desk, 'cora', { people: ['lena'], duration: '8h' });
    for (const name of ['DataCite', 'datacite', 'cite', desk.datacite]) {
      expect(await told(desk, 'tom', `/handle show ${name}`)).toBe(
        [
          '*DataCite*',
          ...facts(),
          '*You*\nYou have no access through this desk.',
          '*People with access*\n• <@U0LENA>: Use until ‹time›',
          ONLY_OURS,
        ].join('\n'),
      );
    }
    expect(await told(desk, 'lena', '/handle show DataCite')).toContain(
      '*You*\nUse · *DataCite* · ends ‹time›\n',
    );
  });

  it('knows no such service', async () => {
    expect(await told(desk, 'lena', '/handle show Nope')).toBe(
      '⛔ No handle service is called “Nope”.\nNext: Type `/handle services` to see all of them.',
    );
  });

  it('cannot tell two apart by name, but by id', async () => {
    const { handleServiceId } = desk.zone.addHandleService({ name: 'DataCite' });
    await desk.passes(6 * 60_000);
    expect(await told(desk, 'lena', '/handle show DataCite')).toBe(
      '⛔ More than one handle service fits “DataCite”; names need not be unique in Onezone.\nNext: Name it by its id: `/handle services` and the form show the ids.',
    );
    expect(await told(desk, 'lena', `/handle show ${handleServiceId}`)).toContain(
      `*Id*\n\`${handleServiceId}\`\n`,
    );
  });

  it('finds out that one was deleted in Onezone meanwhile, and forgets it', async () => {
    Reflect.deleteProperty(desk.zone.state.handleServices, desk.datacite);
    expect(await told(desk, 'lena', '/handle show DataCite')).toBe(
      '⛔ The handle service “DataCite” no longer exists in Onezone.\nNext: Type `/handle services` to see those that do.',
    );
    expect(await told(desk, 'lena', '/handle show DataCite')).toBe(
      '⛔ No handle service is called “DataCite”.\nNext: Type `/handle services` to see all of them.',
    );
    expect(await told(desk, 'lena', '/handle services')).toBe(
      'There is no handle service yet. Whoever may can register one with `/handle register`.',
    );
  });

  it('shows what it knows while Onezone does not answer', async () => {
    desk.zone.setBreaker(true);
    expect(await told(desk, 'lena', '/handle show DataCite')).toContain(
      '*Prefix*\n`21.T15999`\n*Proxy endpoint*\nnot known\n',
    );
  });

  it('without a name shows all, each with its button', async () => {
    expect(screen(await answered(desk, 'lena', '/handle show'))).toContain('(Show)');
  });
});

describe('/handle whoami', () => {
  const after = (roles: string, may: readonly string[]) =>
    [`*Roles*\n${roles}`, '*What you may do*', ...may.map(point)].join('\n');

  it('says whom an e-mail address proposes, and who is linked', async () => {
    const id = desk.onezoneIds.lena;
    expect(await told(desk, 'lena', '/handle whoami')).toBe(
      `*Slack*\n<@U0LENA>, id \`U0LENA\`\n*Onezone*\nlena (Onezone \`${id}\`, same e-mail address, not confirmed yet)\n${after('everyone', FOR_RESEARCHERS)}`,
    );
    await linked(desk, 'lena');
    expect(await told(desk, 'lena', '/handle whoami')).toContain(
      `*Onezone*\nlena (Onezone \`${id}\`, linked)\n`,
    );
    expect(await told(desk, 'cora', '/handle whoami')).toContain(
      after('everyone, curator', FOR_CURATORS),
    );
  });

  it('says why someone is nobody in Onezone', async () => {
    desk.zone.addUser({ username: 'lena2', emails: ['lena@example.org'] });
    desk.slack.changeUser(PEOPLE.tom, { email: 'tom@elsewhere.org' });
    await desk.passes(11 * 60_000);
    expect(await told(desk, 'lena', '/handle whoami')).toContain(
      '*Onezone*\nMore than one Onezone user has the e-mail address of <@U0LENA>.\n',
    );
    expect(await told(desk, 'tom', '/handle whoami')).toContain(
      '*Onezone*\n<@U0TOM> is not linked to a Onezone user, and no e-mail address in Onezone matches.\n',
    );
  });
});

describe('/handle link', () => {
  beforeEach(async () => {
    desk.slack.changeUser(PEOPLE.tom, { email: 'tom@elsewhere.org' });
    await desk.passes(6 * 60_000);
  });

  it.each([
    ['name', () => 'tom of Onezone'],
    ['user name', () => 'tom'],
    ['e-mail address', () => 'tom@example.org'],
    ['id', () => desk.onezoneIds.tom],
  ])('finds a user by %s, typed after the person or into the form', async (_, text) => {
    const meant = await opens(desk, 'cora', `/handle link @tom ${text()}`);
    expect(typed(meant)).toMatchObject({ slack: PEOPLE.tom, onezone: desk.onezoneIds.tom });
    await opens(desk, 'cora', '/handle link');
    const found = await desk.as('cora').searches('onezone_pick', text());
    expect(found.map((it) => it.value)).toContain(desk.onezoneIds.tom);
    expect(JSON.stringify(found[0])).toContain(`tom · tom@example.org · ${desk.onezoneIds.tom}`);
  });

  it('links, says who it is to all concerned, and has it on record', async () => {
    const id = await changes(desk, 'cora', '/handle link @tom tom@example.org');
    const tom = `*tom of Onezone* (\`tom\`, Onezone \`‹tom›\`)`;
    expect(conversation(desk, desk.told('cora'))).toEqual([
      `✅ <@U0TOM> is ${tom} in Onezone\n` +
        'They are told, and can say that it is not them. You do not agree to what they ask for while it is your word that links them.',
    ]);
    expect(conversation(desk, desk.told('tom'))).toEqual([
      `<@U0CORA> has linked you to the Onezone user ${tom}.\n` +
        'Access that you ask for is given to that user. If it is not you, press “This isn’t me”: the link is taken away, and the operators are told.',
    ]);
    const onezone = desk.onezoneIds.tom;
    expect(
      (await recorded(desk)).map(({ who, what, request, people }) => ({
        who,
        what,
        request,
        people,
      })),
    ).toEqual([
      { who: PEOPLE.cora, what: 'asked', request: id, people: [PEOPLE.tom] },
      { who: 'bot', what: 'started', request: id, people: [PEOPLE.tom] },
      { who: PEOPLE.cora, what: 'linked', request: id, people: [PEOPLE.tom] },
      { who: 'bot', what: 'carried out', request: id, people: [PEOPLE.tom] },
    ]);
    expect((await recorded(desk)).find(({ what }) => what === 'linked')?.detail).toEqual({
      onezone,
      how: 'by hand',
    });
    expect(await told(desk, 'tom', '/handle whoami')).toContain(', linked)');
  });

  it('refuses a user who is someone else already, in the form', async () => {
    await linked(desk, 'lena');
    await opens(desk, 'cora', '/handle link @tom lena@example.org');
    const view = await sends(desk, 'cora');
    expect(screen(view)[0]).toBe(
      '⚠️ That Onezone user is already linked to <@U0LENA>. One Onezone user belongs to one Slack user. If that link is wrong, type `/handle unlink` <@U0LENA> first.',
    );
    expect(typed(view)).toMatchObject({ slack: PEOPLE.tom, onezone: desk.onezoneIds.lena });
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.tom)).toBeNull();
  });

  it('says when the words fit nobody or too many', async () => {
    const nobody = await opens(desk, 'cora', '/handle link @tom zebra');
    expect(screen(nobody)[0]).toBe('⚠️ No single Onezone user matches “zebra”. Search below.');
    const many = await opens(desk, 'cora', '/handle link @tom of Onezone');
    expect(screen(many)[0]).toBe('⚠️ No single Onezone user matches “of Onezone”. Search below.');
    expect(typed(many)).toMatchObject({ slack: PEOPLE.tom, onezone: null });
  });

  it('is not for everyone, nor is the directory that it searches', async () => {
    expect(await told(desk, 'lena', '/handle link @tom')).toBe(
      '⛔ You may not link: the policy lets only admin or curator do that.\nNext: Ask someone with the role admin or curator. That is <@U0ADA>, <@U0CORA> and <@U0CEM>.\nRule: `actions.link.may` in the policy file',
    );
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0LENA link: notInRole: You may not link: the policy lets only admin or curator do that. (actions.link.may)',
    ]);
    await opens(desk, 'cora', '/handle link @tom');
    await desk.policy(POLICY.replace(/  link:.*\n/, ''));
    expect(await desk.as('cora').searches('onezone_pick', 'lena')).toEqual([]);
  });
});

describe('/handle unlink', () => {
  it('forgets who somebody is, tells them, and has it on record', async () => {
    await linked(desk, 'lena');
    const id = await changes(desk, 'cora', '/handle unlink @lena');
    const lena = `*lena of Onezone* (\`lena\`, Onezone \`‹lena›\`)`;
    expect(conversation(desk, desk.told('cora'))).toEqual([
      `✅ <@U0LENA> is no longer ${lena} in Onezone\n` +
        'Access that was given stays until its end.',
    ]);
    expect(conversation(desk, desk.told('lena'))).toEqual([
      `You are no longer linked to ${lena} in Onezone. <@U0CORA> asked for it.\n` +
        'Access that you have stays until its end. Type /handle link me to prove which Onezone user you are.',
    ]);
    expect((await recorded(desk)).find(({ what }) => what === 'unlinked')).toEqual({
      who: PEOPLE.cora,
      what: 'unlinked',
      request: id,
      service: null,
      people: [PEOPLE.lena],
      detail: { onezone: desk.onezoneIds.lena, how: 'by hand' },
    });
    await opens(desk, 'cora', '/handle unlink @lena');
    const again = await sends(desk, 'cora');
    expect(again.errors).toEqual({
      slack: '<@U0LENA> is not linked to a Onezone user. Nothing was changed.',
    });
  });

  it('is not for everyone', async () => {
    await linked(desk, 'lena');
    expect(await told(desk, 'tom', '/handle unlink @lena')).toContain('You may not link');
    expect(await desk.bot.services.store.links.ofSlack(PEOPLE.lena)).not.toBeNull();
  });
});

describe('a rule for some services that lets in whom the general one does not', () => {
  it('opens the form for them, and help tells them so', async () => {
    const narrow = POLICY.replace(
      'grant: { may: [everyone], approve: { by: [curator, admin], count: 1',
      'grant: { may: [admin], approve: { by: [curator, admin], count: 1',
    );
    expect(narrow).not.toBe(POLICY);
    await desk.policy(narrow);
    expect(await told(desk, 'lena', '/handle help')).toContain('/handle request');
    const form = await opens(desk, 'lena', '/handle request DataCite');
    expect(typed(form)['service']).toBe(desk.datacite);
    expect(JSON.stringify(form)).toContain(
      'You may not grant: the policy lets only admin do that.',
    );
  });
});

describe('other ways to the desk', () => {
  it('a shortcut opens the form of access, and one the form to register', async () => {
    const access = await formAfter(desk, 'lena', () => desk.as('lena').uses('request_access'));
    expect(access.title?.text).toBe('Request access');
    const register = await formAfter(desk, 'ada', () => desk.as('ada').uses('register_service'));
    expect(register.title?.text).toBe('Register a service');
  });

  it('a shortcut that one may not use is answered in a direct message', async () => {
    await desk.as('lena').uses('register_service');
    await desk.slack.until(() => desk.told('lena').length > 0, 'a direct message');
    expect(desk.told('lena')).toEqual([
      '⛔ You may not register: the policy lets only admin or curator do that.\nNext: Ask someone with the role admin or curator. That is <@U0ADA>, <@U0CORA> and <@U0CEM>.\nRule: `actions.register.may` in the policy file',
    ]);
  });

  it('a sentence of a conversation asks for nothing', async () => {
    const before = desk.slack.calls.length;
    await desk.as('lena').types('Does somebody have access to DataCite? @cora grant it please', {
      channel: CHANNELS.team,
    });
    await told(desk, 'tom', '/handle mine');
    expect(desk.as('lena').modal).toBeNull();
    expect(desk.slack.calls.slice(before).map((it) => it.method)).toEqual(['users.info']);
    expect(await desk.audit()).toEqual([]);
  });
});

describe('who can do nothing here', () => {
  const LINES = [
    '/handle request',
    '/handle register',
    '/handle help',
    '/handle mine',
    '/handle nonsense',
  ];

  it('a guest is told so, whatever they type', async () => {
    for (const line of LINES) {
      expect(await told(desk, 'gwen', line)).toBe(
        '⛔ Guests of this workspace can neither ask nor agree.\nNext: Ask a full member to make the request for you; a request can name you as the person who gets access.',
      );
    }
    const why = 'guest: Guests of this workspace can neither ask nor agree. (null)';
    expect(await refusalsOnRecord(desk)).toEqual([
      `U0GWEN grant: ${why}`,
      `U0GWEN register: ${why}`,
      `U0GWEN help: ${why}`,
      `U0GWEN mine: ${why}`,
      `U0GWEN help: ${why}`,
    ]);
    expect(desk.slack.calls.some((it) => it.method === 'views.open')).toBe(false);
  });

  it('someone of another workspace is', async () => {
    desk.slack.changeUser(PEOPLE.tom, { team_id: 'T0OTHER' });
    expect((await answered(desk, 'tom', '/handle request')).text).toBe(
      'You belong to another workspace; this desk serves only its own.\nAsk a member of this workspace to make the request.',
    );
    // Slack says of the command that it is for their workspace: refused before anything is looked at.
    expect(await refusalsOnRecord(desk)).toEqual([]);
  });

  it('a bot is', async () => {
    desk.slack.changeUser(PEOPLE.tom, { is_bot: true });
    expect(await told(desk, 'tom', '/handle request')).toBe(
      '⛔ Bots can neither ask nor agree.\nNext: A person has to do this.',
    );
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0TOM grant: bot: Bots can neither ask nor agree. (null)',
    ]);
  });

  it('someone who was deactivated before it arrived is', async () => {
    const sent = await desk.as('tom').types('/handle request', { channel: CHANNELS.team });
    await desk.slack.until(() => desk.as('tom').modal !== null, 'the form');
    desk.slack.changeUser(PEOPLE.tom, { deleted: true });
    await desk.passes(6 * 60_000);
    await desk.bot.services.store.deliveries.sweep(desk.now());
    const answer = await answerTo(desk, 'tom', () => desk.slack.redeliver(sent));
    expect(wordsOf(answer)).toBe(
      '⛔ This Slack account is deactivated.\nNext: A workspace administrator can reactivate it.',
    );
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0TOM grant: deactivated: This Slack account is deactivated. (null)',
    ]);
  });

  it('whoever becomes a guest after an answer was drawn finds its buttons closed', async () => {
    desk.zone.addHandleService({ name: 'B2HANDLE' });
    await desk.passes(6 * 60_000);
    const list = await answered(desk, 'tom', '/handle services');
    desk.slack.changeUser(PEOPLE.tom, { is_restricted: true });
    await desk.passes(6 * 60_000);
    const answer = await answerTo(desk, 'tom', () =>
      desk.as('tom').clicks(list, 'show_service', { value: desk.datacite }),
    );
    expect(wordsOf(answer)).toBe(
      '⛔ Guests of this workspace can neither ask nor agree.\nNext: Ask a full member to make the request for you; a request can name you as the person who gets access.',
    );
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0TOM show: guest: Guests of this workspace can neither ask nor agree. (null)',
    ]);
  });
});
