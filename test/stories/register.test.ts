import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  inThe,
  lastRequest,
  recorded,
  onTop,
  opens,
  refusalsOnRecord,
  sends,
  told,
  typed,
} from './acts.js';
import { opensReview } from './acting.js';
import { CANARIES, CHANNELS, type Desk, openDesk, PEOPLE, POLICY } from './desk.js';
import { DATACITE_EXAMPLE, EPIC_EXAMPLE } from './registrar.js';
import { screen, undated, wordsOf } from './screen.js';

const IN_CLEAR =
  'The address has no https: with each identifier, Onezone will send the registrar password in clear text to the Onezone host itself (localhost is that host, seen from Onezone).';

let desk: Desk;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'register-'));
  desk = await openDesk({ databaseUrl: `sqlite:${folder}/desk.db`, onezoneTimeoutMs: 250 });
});
afterEach(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything of this name that Onezone has. */
const registered = (name: string) =>
  Object.values(desk.zone.state.handleServices).filter((it) => it.name === name);

const theOnly = <T>(all: readonly T[]): T => {
  const [only] = all;
  if (only === undefined || all.length > 1) throw new Error(`There are ${all.length}, not one.`);
  return only;
};

const posts = () =>
  desk.zone.log.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/handle_services'),
  );

describe('an administrator registers Onedata’s own DataCite example', () => {
  beforeEach(async () => {
    await opens(desk, 'ada', '/handle-register');
    await sends(desk, 'ada', DATACITE_EXAMPLE);
    await desk.works();
  });

  it('is told that it is on its way, and that the password will travel in clear text', () => {
    expect(screen(onTop(desk, 'ada'))).toEqual([
      'It is being carried out. You’ll get a message as soon as Onezone has confirmed it.',
      `:warning: ${IN_CLEAR}`,
    ]);
  });

  it('sends exactly that to Onezone, and reads it back', () => {
    const { handleServiceId, name, proxyEndpoint, serviceProperties } = theOnly(
      registered('MyCommunity Handle service'),
    );
    // The sandbox keeps what it was sent word for word, and its log shows that there was nothing else in it.
    expect({ name, proxyEndpoint, serviceProperties }).toEqual({
      name: 'MyCommunity Handle service',
      proxyEndpoint: 'localhost:17000/handle_proxy',
      serviceProperties: {
        allowTemplateOverride: false,
        doiEndpoint: '/doi',
        host: 'https://mds.test.datacite.org',
        identifierTemplate: '{{space.name}}-{{space.guid}}',
        mediaEndpoint: '/media',
        metadataEndpoint: '/metadata',
        password: CANARIES.registrar,
        prefix: '10.5072',
        type: 'DOI',
        username: 'mds-user',
      },
    });
    expect(theOnly(posts()).body).toEqual({
      name,
      proxyEndpoint,
      serviceProperties: { ...serviceProperties, password: '•••' },
    });
    const at = desk.zone.log.findIndex((it) => it === posts()[0]);
    expect(desk.zone.log[at + 1]).toMatchObject({
      method: 'GET',
      path: `/api/v3/onezone/handle_services/${handleServiceId}`,
      status: 200,
    });
  });

  it('shows the new id so that it can be copied, and a button for what comes next', () => {
    const { handleServiceId } = theOnly(registered('MyCommunity Handle service'));
    const message = theOnly(desk.slack.directMessages(PEOPLE.ada));
    expect(message.text).toBe('*MyCommunity Handle service* is now a handle service in Onezone');
    expect(screen(message)).toEqual([
      '✅ *MyCommunity Handle service* is now a handle service in Onezone',
      `Its id in Onezone: \`${handleServiceId}\``,
      `*Mind*\n• ${IN_CLEAR}`,
      'Nobody is a member of it yet. Next: give people access.',
      '(Grant access)',
    ]);
  });

  it('leaves four lines in the audit, with everything but the credential', async () => {
    const request = await lastRequest(desk);
    const { handleServiceId: id } = theOnly(registered('MyCommunity Handle service'));
    const common = { request: request.id, people: [] };
    const unnamed = { id: null, name: 'MyCommunity Handle service' };
    const named = { id, name: 'MyCommunity Handle service' };
    expect(await recorded(desk)).toEqual([
      {
        ...common,
        who: PEOPLE.ada,
        what: 'asked',
        service: unnamed,
        detail: {
          change: 'register',
          wish: 'register the DOI handle service MyCommunity Handle service',
          rule: 'actions.register.approve.unless',
          reason: '',
          name: 'MyCommunity Handle service',
          registrar: 'DOI',
          proxyEndpoint: 'localhost:17000/handle_proxy',
          account: 'datacite-test',
          properties: {
            host: 'https://mds.test.datacite.org',
            prefix: '10.5072',
            doiEndpoint: '/doi',
            metadataEndpoint: '/metadata',
            mediaEndpoint: '/media',
            identifierTemplate: '{{space.name}}-{{space.guid}}',
            allowTemplateOverride: false,
          },
        },
      },
      { ...common, who: 'bot', what: 'started', service: unnamed, detail: { services: 1 } },
      { ...common, who: 'bot', what: 'recorded', service: named, detail: named },
      {
        ...common,
        who: 'bot',
        what: 'carried out',
        service: named,
        detail: { proxyEndpoint: 'localhost:17000/handle_proxy', registrar: 'DOI' },
      },
    ]);
  });

  it('shows the password nowhere but to Onezone', async () => {
    await told(desk, 'ada', '/handle show MyCommunity Handle service');
    const seen = {
      slack: JSON.stringify([desk.slack.calls, desk.slack.state, desk.slack.deliveries]),
      log: desk.log(),
      audit: JSON.stringify(await desk.audit()),
      store: readdirSync(folder)
        .map((it) => readFileSync(join(folder, it), 'latin1'))
        .join(''),
    };
    expect(seen.store).toContain('MyCommunity Handle service');
    for (const [where, text] of Object.entries(seen)) {
      for (const canary of Object.values(CANARIES)) {
        expect({ where, canary, seen: text.includes(canary) }).toEqual({
          where,
          canary,
          seen: false,
        });
      }
    }
  });

  it('can be asked for at once: the new service is known', async () => {
    const view = await opens(desk, 'lena', '/handle request MyCommunity');
    const { handleServiceId } = theOnly(registered('MyCommunity Handle service'));
    expect(typed(view)).toMatchObject({ service: handleServiceId });
  });
});

describe('the form', () => {
  it('takes the name that was typed after the command', async () => {
    const view = await opens(desk, 'ada', '/handle register My new service');
    expect(typed(view)).toEqual({
      registrar: 'DOI',
      name: 'My new service',
      proxyEndpoint: null,
      account: 'datacite-test',
      'DOI.host': null,
      'DOI.prefix': null,
      'DOI.doiEndpoint': '/doi',
      'DOI.metadataEndpoint': '/metadata',
      'DOI.mediaEndpoint': '/media',
      'DOI.identifierTemplate': null,
      'DOI.allowTemplateOverride': [],
      reason: null,
    });
    expect(screen(view).at(-1)).toBe('Nobody has to agree: this is carried out at once.');
    expect(desk.slack.calls.filter((it) => it.method === 'views.open')).toHaveLength(1);
  });

  it('takes another shape for a PID, and back, and keeps all that was typed', async () => {
    await opens(desk, 'ada', '/handle-register');
    const ada = desk.as('ada');
    ada.fills({ ...DATACITE_EXAMPLE, reason: 'Asked for by the library' });
    ada.fills({ 'DOI.allowTemplateOverride': ['yes'], 'DOI.mediaEndpoint': '/other' });
    const before = typed(onTop(desk, 'ada'));
    await ada.picks('reshape:register', 'PID');
    await desk.slack.until(() => 'PID.endpoint' in typed(onTop(desk, 'ada')), 'the PID form');
    expect(typed(onTop(desk, 'ada'))).toEqual({
      registrar: 'PID',
      name: 'MyCommunity Handle service',
      proxyEndpoint: 'localhost:17000/handle_proxy',
      account: 'datacite-test',
      'PID.endpoint': null,
      'PID.prefix': null,
      'PID.autoSuffixGeneration': [],
      'PID.suffixPrefix': null,
      'PID.suffixSuffix': null,
      'PID.identifierTemplate': null,
      'PID.allowTemplateOverride': [],
      reason: 'Asked for by the library',
    });
    // What the address means is said while it can still be changed.
    expect(screen(onTop(desk, 'ada'))).toContain(`:warning: ${IN_CLEAR}`);
    await ada.picks('reshape:register', 'DOI');
    await desk.slack.until(() => 'DOI.host' in typed(onTop(desk, 'ada')), 'the DOI form');
    expect(typed(onTop(desk, 'ada'))).toEqual(before);
  });

  it('registers a PID service with flags as flags and without empty fields', async () => {
    await opens(desk, 'ada', '/handle-register');
    await desk.as('ada').picks('reshape:register', 'PID');
    await desk.slack.until(() => 'PID.endpoint' in typed(onTop(desk, 'ada')), 'the PID form');
    await sends(desk, 'ada', EPIC_EXAMPLE);
    await desk.works();
    expect(theOnly(registered('ePIC of MyCommunity')).serviceProperties).toEqual({
      type: 'PID',
      endpoint: 'https://hdl.grnet.gr:8001/api/handles',
      prefix: '21.T15999',
      autoSuffixGeneration: true,
      allowTemplateOverride: false,
      username: 'mds-user',
      password: CANARIES.registrar,
    });
    expect(screen(onTop(desk, 'ada'))).toHaveLength(1);
  });
});

describe('what Onezone would take without a look is refused under its field', () => {
  const NAME =
    'Use 2 to 128 letters, digits, brackets and underscores; dashes, dots and spaces only inside.';
  const DOI = 'A DOI prefix is “10.” and four to nine digits, such as 10.5072.';
  const URL = 'Enter a full address, such as “https://mds.datacite.org”.';
  const PATH = 'Enter a path that starts with a slash, such as “/doi”.';
  const PROXY = 'Enter a full address, such as “https://hps.example.org/api/v1”.';
  const SCHEME = 'The address has to begin with “https://” or “http://”, in lower case.';
  const IN_URL = 'Leave out “@”: user name and password come from the registrar account.';
  const SIGNS = 'Use letters, digits, dots, dashes, underscores and tildes between the slashes.';

  it.each([
    ['name', 'x', NAME],
    ['name', '-MyCommunity', NAME],
    ['name', 'My/Community', NAME],
    ['name', 'a'.repeat(129), NAME],
    ['proxyEndpoint', '//hps.example.org', PROXY],
    ['proxyEndpoint', 'ftp://hps.example.org', SCHEME],
    ['proxyEndpoint', 'https://me:secret@hps.example.org', IN_URL],
    [
      'proxyEndpoint',
      'https://hps.example.org/',
      'Leave out the slash at the end: Onezone adds its own.',
    ],
    ['DOI.host', 'mds.test.datacite.org', URL],
    ['DOI.host', 'https://me:secret@mds.test.datacite.org', IN_URL],
    ['DOI.prefix', '5072', DOI],
    ['DOI.prefix', '10.50', DOI],
    ['DOI.prefix', '10.5072/abc', DOI],
    ['DOI.prefix', 'doi:10.5072', DOI],
    ['DOI.doiEndpoint', 'doi', PATH],
    ['DOI.metadataEndpoint', '/meta data', SIGNS],
    ['DOI.mediaEndpoint', '/media?x=1', SIGNS],
  ])('%s %p', async (field, value, problem) => {
    await opens(desk, 'ada', '/handle-register');
    const view = await sends(desk, 'ada', { ...DATACITE_EXAMPLE, [field]: value });
    expect(view.errors).toEqual({ [field]: problem });
    expect(typed(view)).toMatchObject({ ...DATACITE_EXAMPLE, [field]: value });
    expect(await desk.audit()).toEqual([]);
  });

  it('all of it at once, and what is corrected goes through', async () => {
    await opens(desk, 'ada', '/handle-register');
    const wrong = { ...DATACITE_EXAMPLE, name: '.', 'DOI.prefix': '10', 'DOI.host': 'mds' };
    expect((await sends(desk, 'ada', wrong)).errors).toEqual({
      name: NAME,
      'DOI.prefix': DOI,
      'DOI.host': URL,
    });
    const { name, 'DOI.prefix': prefix, 'DOI.host': host } = DATACITE_EXAMPLE;
    const view = await sends(desk, 'ada', { name, 'DOI.prefix': prefix, 'DOI.host': host });
    expect(view.callback_id).toBe('said');
    await desk.works();
    expect(registered(name)).toHaveLength(1);
  });

  it('for PIDs as well', async () => {
    await opens(desk, 'ada', '/handle-register');
    await desk.as('ada').picks('reshape:register', 'PID');
    await desk.slack.until(() => 'PID.endpoint' in typed(onTop(desk, 'ada')), 'the PID form');
    const wrong = {
      ...EPIC_EXAMPLE,
      'PID.endpoint': 'hdl.grnet.gr',
      'PID.prefix': '21.T/15999',
      'PID.suffixPrefix': 'a b',
      'PID.identifierTemplate': '{{space.name}}',
    };
    expect((await sends(desk, 'ada', wrong)).errors).toEqual({
      'PID.endpoint': URL,
      'PID.prefix': 'A Handle prefix is numbers and dots, such as 11148 or 21.T15999.',
      'PID.suffixPrefix': 'Use letters, digits, dots, dashes and underscores.',
      'PID.identifierTemplate': 'A template is of no use while the registrar makes up the suffix.',
    });
  });
});

describe('a curator asks, an administrator agrees', () => {
  it('shows the exact effect without the credential, and does it', async () => {
    await opens(desk, 'cora', '/handle-register');
    const reason = 'The library has bought a prefix';
    const view = await sends(desk, 'cora', { ...DATACITE_EXAMPLE, reason });
    const { id } = await lastRequest(desk);
    expect(screen(view)).toEqual([
      `Sent to admin (<@${PEOPLE.ada}>). You’ll get a message. \`/handle requests\` shows where it stands; there you can also withdraw it.`,
      `:warning: ${IN_CLEAR}`,
    ]);
    await desk.works();
    const [message] = desk.slack.messages(CHANNELS.desk);
    expect(screen(message ?? null)).toEqual([
      '⏳ <@U0CORA> asks to register the DOI handle service *MyCommunity Handle service*',
      `\n> ${reason}`,
      [
        '*Name* `MyCommunity Handle service`',
        '*Registrar type* DOI',
        '*Proxy endpoint* `localhost:17000/handle_proxy`',
        '*Registrar account* `datacite-test` (from the policy file)',
        '*host* `https://mds.test.datacite.org`',
        '*prefix* `10.5072`',
        '*doiEndpoint* `/doi`',
        '*metadataEndpoint* `/metadata`',
        '*mediaEndpoint* `/media`',
        '*identifierTemplate* `{{space.name}}-{{space.guid}}`',
        '*allowTemplateOverride* no',
      ].join('\n'),
      `⚠️ ${IN_CLEAR}`,
      '(Approve)',
      '(Deny)',
      '(Review…)',
    ]);
    expect(await opensReview(desk, 'ada', id)).toEqual([
      '⏳ *Waiting for agreement:* <@U0CORA> asks to register the DOI handle service *MyCommunity Handle service*.',
      '*What approving would do*',
      '*Name*\n`MyCommunity Handle service`',
      '*Registrar type*\nDOI',
      '*Proxy endpoint*\n`localhost:17000/handle_proxy`',
      '*Registrar account*\n`datacite-test` (from the policy file)',
      '*host*\n`https://mds.test.datacite.org`',
      '*prefix*\n`10.5072`',
      '*doiEndpoint*\n`/doi`',
      '*metadataEndpoint*\n`/metadata`',
      '*mediaEndpoint*\n`/media`',
      '*identifierTemplate*\n`{{space.name}}-{{space.guid}}`',
      '*allowTemplateOverride*\nno',
      `⚠️ ${IN_CLEAR}`,
      `Reason (in the words of <@U0CORA>)\n> ${reason}`,
      'Needs 1 agreement from admin. Nobody has agreed yet. Lapses ‹time› if nobody decides.',
      `Request ${id}, rule actions.register.approve`,
      '*What happened before*\n• Nothing with these people and this service.',
      '[Your decision]',
      '[Comment]',
    ]);
    await desk.as('ada').closes({ all: true });
    expect(registered('MyCommunity Handle service')).toEqual([]);
    if (message !== undefined) await desk.as('ada').clicks(message, 'request_approve');
    await inThe(desk, CHANNELS.desk, '✅ ');
    const { handleServiceId } = theOnly(registered('MyCommunity Handle service'));
    expect(desk.texts(CHANNELS.desk).map(undated)).toEqual([
      '✅ *MyCommunity Handle service* is registered in Onezone · <@U0ADA> approved',
    ]);
    const details = await opensReview(desk, 'ada', id);
    expect(details).toEqual([
      '✅ *Done:* <@U0CORA> asked to register the DOI handle service *MyCommunity Handle service*.',
      `Approved by <@U0ADA> (‹time›).\nRegistered as *MyCommunity Handle service*, read back from Onezone. Its id: \`${handleServiceId}\``,
      `Reason (in the words of <@U0CORA>)\n> ${reason}`,
      `Request ${id}, rule actions.register.approve`,
      '*What happened before*\n• Nothing with these people and this service.',
    ]);
    expect(desk.told('cora')).toEqual([
      [
        '✅ *MyCommunity Handle service* is now a handle service in Onezone · <@U0ADA> approved',
        `Its id in Onezone: \`${handleServiceId}\``,
        `*Mind*\n• ${IN_CLEAR}`,
        'Nobody is a member of it yet. Next: give people access.',
      ].join('\n'),
    ]);
  });

  it('cannot be approved by the one who asked, nor by someone without the role', async () => {
    await opens(desk, 'cora', '/handle-register');
    await sends(desk, 'cora', DATACITE_EXAMPLE);
    await desk.works();
    const [message] = desk.slack.messages(CHANNELS.desk);
    if (message === undefined) throw new Error('Nobody was asked.');
    await desk.as('cora').clicks(message, 'request_approve');
    await desk.as('cem').clicks(message, 'request_approve');
    await desk.slack.until(
      () => [PEOPLE.cora, PEOPLE.cem].every((it) => desk.slack.ephemerals(it).length === 1),
      'two refusals',
    );
    expect(desk.slack.ephemerals(PEOPLE.cora).map(wordsOf)).toEqual([
      '⛔ You asked for this yourself, so you cannot be the one who agrees.\nNext: Another approver has to decide. You can withdraw it.',
    ]);
    expect(desk.slack.ephemerals(PEOPLE.cem).map(wordsOf)).toEqual([
      `⛔ You cannot decide this: the policy wants agreement from admin.\nNext: Someone with the role admin has to decide. That is <@${PEOPLE.ada}>.\nRule: \`actions.register.approve.by\` in the policy file`,
    ]);
    expect(registered('MyCommunity Handle service')).toEqual([]);
  });
});

describe('who may not register, or cannot', () => {
  it('a researcher is told which rule says so, and it is on record', async () => {
    const why = 'You may not register: the policy lets only admin or curator do that.';
    expect(await told(desk, 'lena', '/handle register Mine')).toBe(
      `⛔ ${why}\nNext: Ask someone with the role admin or curator. That is <@${PEOPLE.ada}>, <@${PEOPLE.cora}> and <@${PEOPLE.cem}>.\nRule: \`actions.register.may\` in the policy file`,
    );
    expect(desk.as('lena').modal).toBeNull();
    expect(await recorded(desk)).toEqual([
      {
        who: PEOPLE.lena,
        what: 'refused',
        request: null,
        service: null,
        people: [],
        detail: { wanted: 'register', code: 'notInRole', why, rule: 'actions.register.may' },
      },
    ]);
  });

  it('an account whose password cannot be read is said below its field, and all that was typed is there', async () => {
    await desk.policy(
      POLICY.replace('env:DATACITE_PASSWORD', 'file:/run/secrets/there-is-no-such-file'),
    );
    await opens(desk, 'ada', '/handle-register');
    const filled = { ...DATACITE_EXAMPLE, 'DOI.allowTemplateOverride': ['yes'], reason: 'Please' };
    const view = await sends(desk, 'ada', filled);
    const seen = screen(view);
    expect(seen[seen.indexOf('[Registrar account]') + 1]).toBe(
      '⚠️ The registrar account “datacite-test” is not in the policy file, or its user name or password cannot be read. An operator has to provide it under `accounts:`.',
    );
    expect(typed(view)).toMatchObject(filled);
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0ADA ask register: accountMissing: The registrar account “datacite-test” is not in the policy file, or its user name or password cannot be read. (null)',
    ]);
    expect(posts()).toEqual([]);
    // An operator provides it, and the form that is still open goes through.
    await desk.policy(POLICY);
    expect((await sends(desk, 'ada')).callback_id).toBe('said');
  });

  it('a policy without accounts has no form to offer, nor has one that lost them meanwhile', async () => {
    const without = POLICY.replace(/accounts:\n.*\n/, '');
    await opens(desk, 'cora', '/handle-register');
    await desk.policy(without);
    expect(screen(await sends(desk, 'cora', DATACITE_EXAMPLE))).toEqual([
      'The registrar account “datacite-test” is not in the policy file, or its user name or password cannot be read. An operator has to provide it under `accounts:`.',
    ]);
    expect(await told(desk, 'ada', '/handle-register')).toBe(
      '⛔ The policy file names no registrar account, so there is nothing to register with.\nNext: An operator has to add one under `accounts:`.\nRule: `accounts` in the policy file',
    );
  });

  it('whoever lost the role while the form was open is refused in the form', async () => {
    await opens(desk, 'cora', '/handle-register');
    await desk.policy(POLICY.replace(`users: [${PEOPLE.cora}, `, 'users: ['));
    const view = await sends(desk, 'cora', DATACITE_EXAMPLE);
    expect(screen(view)[0]).toBe(
      '⚠️ You may not register: the policy lets only admin or curator do that. Ask someone with the role admin or curator.',
    );
    expect(typed(view)).toMatchObject(DATACITE_EXAMPLE);
    expect(await refusalsOnRecord(desk)).toEqual([
      'U0CORA ask register: notInRole: You may not register: the policy lets only admin or curator do that. (actions.register.may)',
    ]);
    expect(posts()).toEqual([]);
  });
});

describe('the answer of Onezone is lost', () => {
  const name = DATACITE_EXAMPLE.name;

  async function registersUnder(
    kind: 'commit-then-reset' | 'reset-before' | 'hang' | 'commit-then-hang',
  ) {
    desk.zone.faults.add({ kind, method: 'POST', path: '*/handle_services', times: 1 });
    await opens(desk, 'ada', '/handle-register');
    await sends(desk, 'ada', DATACITE_EXAMPLE);
    await desk.works();
    for (let step = 0; step < 15; step += 1) await desk.passes(3_000);
  }

  it.each(['commit-then-reset', 'commit-then-hang'] as const)(
    'after it did the work (%s): the service is found and adopted',
    async (kind) => {
      await registersUnder(kind);
      const { handleServiceId } = theOnly(registered(name));
      expect(posts()).toHaveLength(1);
      expect(await lastRequest(desk)).toMatchObject({
        status: 'done',
        service: { id: handleServiceId, name },
      });
      expect((await recorded(desk)).map((it) => it.what)).toEqual([
        'asked',
        'started',
        'kept waiting',
        'recorded',
        'carried out',
      ]);
      expect(desk.told('ada').at(-1)).toContain(`Its id in Onezone: \`${handleServiceId}\``);
    },
  );

  it.each(['reset-before', 'hang'] as const)(
    'before it did anything (%s): it is registered once more, and once only',
    async (kind) => {
      await registersUnder(kind);
      expect(registered(name)).toHaveLength(1);
      expect(posts()).toHaveLength(2);
      expect(await lastRequest(desk)).toMatchObject({ status: 'done' });
      expect(desk.told('ada')).toHaveLength(2);
      const { id } = await lastRequest(desk);
      expect(desk.told('ada')[0]).toBe(
        '⏳ *Onezone is not answering at the moment.* Your request is kept and will be carried out when Onezone is back; you need not ask again.\n' +
          `${id}: you asked to register the DOI handle service *MyCommunity Handle service*`,
      );
    },
  );

  it('is not looked for among services of the same name that were there before', async () => {
    // The first in Onezone's list, whichever way it is ordered.
    const older = '0'.repeat(32);
    desk.zone.addHandleService({ name, handleServiceId: older });
    await registersUnder('commit-then-reset');
    expect(registered(name)).toHaveLength(2);
    const { service } = await lastRequest(desk);
    expect(service?.id).not.toBe(older);
  });
});

describe('the same form arrives twice', () => {
  it('is one request and one service', async () => {
    await opens(desk, 'ada', '/handle-register');
    await sends(desk, 'ada', DATACITE_EXAMPLE);
    const sent = desk.slack.deliveries.find((it) => it.kind === 'view_submission');
    if (sent === undefined) throw new Error('Nothing was sent.');
    const again = await desk.slack.redeliver(sent);
    expect(again.outcome).toBe('ok');
    await desk.works();
    expect(registered(DATACITE_EXAMPLE.name)).toHaveLength(1);
    expect((await recorded(desk)).filter((it) => it.what === 'asked')).toHaveLength(1);
  });

  it('even when the store had forgotten the first delivery', async () => {
    await opens(desk, 'ada', '/handle-register');
    await sends(desk, 'ada', DATACITE_EXAMPLE);
    await desk.works();
    const sent = desk.slack.deliveries.find((it) => it.kind === 'view_submission');
    if (sent === undefined) throw new Error('Nothing was sent.');
    await desk.bot.services.store.deliveries.sweep(new Date(Date.now() + 60_000));
    const answers = () => desk.slack.calls.filter((it) => it.method === 'views.update').length;
    const before = answers();
    await desk.slack.redeliver(sent);
    await desk.slack.until(() => answers() > before, 'a second answer');
    await desk.works();
    expect(registered(DATACITE_EXAMPLE.name)).toHaveLength(1);
    expect((await recorded(desk)).filter((it) => it.what === 'asked')).toHaveLength(1);
    expect(desk.told('ada')).toHaveLength(1);
  });
});
