import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FormValues } from '../../src/changes/form.js';
import { plainSentence } from '../../src/markup/plain.js';
import {
  approvalOf,
  approves,
  asks,
  changes,
  isRefused,
  linked,
  stored,
} from '../stories/acting.js';
import { lastRequest, opens, sends, told, typed } from '../stories/acts.js';
import { CHANNELS, type Desk, HOUR, openDesk, PEOPLE, POLICY } from '../stories/desk.js';
import { DATACITE_EXAMPLE } from '../stories/registrar.js';
import { screen } from '../stories/screen.js';
import { fieldText } from '../support/field-text.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ policy: POLICY.replace('levels: [use, maintain]', 'levels: [use]') });
});
afterAll(() => desk.stop());

/** What is said below the fields of a form to register in which these stand; nothing is sent to Onezone. */
async function below(fields: Readonly<Record<string, string>>): Promise<unknown> {
  const before = posts().length;
  await opens(desk, 'cora', '/handle-register');
  const view = await sends(desk, 'cora', { ...DATACITE_EXAMPLE, ...fields });
  await desk.as('cora').closes({ all: true });
  expect(posts()).toHaveLength(before);
  return view.errors;
}

const posts = () =>
  desk.zone.log.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/handle_services'),
  );

/** A curator asks to register this, and an administrator agrees: what stood in the message, and what Onezone was sent. */
async function registers(fields: Readonly<Record<string, string>>) {
  await opens(desk, 'cora', '/handle-register');
  await sends(desk, 'cora', { ...DATACITE_EXAMPLE, ...fields });
  await desk.as('cora').closes({ all: true });
  await desk.works();
  const { id } = await lastRequest(desk);
  const shown = screen(desk.slack.messages(CHANNELS.desk).at(-1) ?? null);
  await approves(desk, 'ada', id);
  return { shown, sent: posts().at(-1)?.body };
}

const unseen = (hex: string): string =>
  `Leave out the character U+${hex}: whoever has to agree would not see what is sent.`;

describe('what an approver sees of a service to be registered is what Onezone is sent, to the character', () => {
  it('text that runs backwards, has no width or ends a string early is refused in every field', async () => {
    expect(
      await below({
        name: 'My\u202eetICataD',
        proxyEndpoint: 'https://hps.exam\u200bple.org/api/v1',
        'DOI.host': 'https://mds.test.datacite.org\u0000.evil.example',
        'DOI.prefix': '10.50\u206072',
        'DOI.doiEndpoint': '/do\u00adi',
        'DOI.metadataEndpoint': '/meta\tdata',
        'DOI.mediaEndpoint': '/media\u3164',
        'DOI.identifierTemplate': '{{space.name}}\n{{space.guid}}',
      }),
    ).toEqual({
      name: unseen('202E'),
      proxyEndpoint: unseen('200B'),
      'DOI.host': unseen('0000'),
      'DOI.prefix': unseen('2060'),
      'DOI.doiEndpoint': unseen('00AD'),
      'DOI.metadataEndpoint': unseen('0009'),
      'DOI.mediaEndpoint': unseen('3164'),
      'DOI.identifierTemplate': unseen('000A'),
    });
  });

  it('marks and spaces that a message would draw otherwise, and what is too long for it, are refused', async () => {
    const TWO_SPACES =
      'Leave out two spaces in a row: whoever has to agree would not see what is sent.';
    expect(
      await below({
        name: 'My  Community',
        proxyEndpoint: `https://hps.example.org/${'a'.repeat(2500)}`,
        'DOI.host': `https://mds.test.datacite.org/${'a'.repeat(500)}`,
        'DOI.identifierTemplate': '{{space.name}}`',
      }),
    ).toEqual({
      name: TWO_SPACES,
      proxyEndpoint: 'Use at most 512 characters.',
      'DOI.host': 'Use at most 512 characters.',
      'DOI.identifierTemplate':
        'Leave out the back-tick: whoever has to agree would not see what is sent.',
    });
  });

  it('addresses and paths that lead elsewhere than they seem are refused', async () => {
    expect(
      await below({
        proxyEndpoint: 'https://hps.example.org@evil.example/api',
        'DOI.host': 'https://2130706433',
        'DOI.doiEndpoint': '//evil.example',
        'DOI.metadataEndpoint': '/metadata/../admin',
        'DOI.mediaEndpoint': '/%2e%2e/admin',
      }),
    ).toEqual({
      proxyEndpoint: 'Leave out “@”: user name and password come from the registrar account.',
      'DOI.host': 'Write the host as “127.0.0.1”, which is what this means.',
      'DOI.doiEndpoint': 'Leave out doubled slashes.',
      'DOI.metadataEndpoint': 'Leave out “.” and “..” between slashes: they lead to another path.',
      'DOI.mediaEndpoint': 'Leave out percent signs: they can hide another path.',
    });
    expect(await below({ proxyEndpoint: 'https:\\\\evil.example' })).toEqual({
      proxyEndpoint: 'Leave backslashes out of the address.',
    });
    expect(await below({ 'DOI.host': 'https://mds.test.datacite.org#.evil.example' })).toEqual({
      'DOI.host': 'Leave out of the address what begins with “?” or “#”.',
    });
  });

  it('a host of Cyrillic letters that looks like DataCite’s is shown in ASCII beside it, and is what is sent', async () => {
    const host = 'https://mds.dаtacite.org';
    const proxyEndpoint = 'http://hps.dаtacite.org/api';
    const { shown, sent } = await registers({
      name: 'Look-alike',
      proxyEndpoint,
      'DOI.host': host,
    });
    expect(shown).toContain(
      [
        '*Name* `Look-alike`',
        '*Registrar type* DOI',
        `*Proxy endpoint* \`${proxyEndpoint}\` (look-alike letters are possible; the host is \`hps.xn--dtacite-2fg.org\`)`,
        '*Registrar account* `datacite-test` (from the policy file)',
        `*host* \`${host}\` (look-alike letters are possible; the host is \`mds.xn--dtacite-2fg.org\`)`,
        '*prefix* `10.5072`',
        '*doiEndpoint* `/doi`',
        '*metadataEndpoint* `/metadata`',
        '*mediaEndpoint* `/media`',
        '*identifierTemplate* `{{space.name}}-{{space.guid}}`',
        '*allowTemplateOverride* no',
      ].join('\n'),
    );
    expect(sent).toMatchObject({ proxyEndpoint, serviceProperties: { host } });
  });

  it('a registrar’s address without https is not passed off as safe because the proxy’s has it', async () => {
    const { shown } = await registers({
      name: 'In clear text',
      proxyEndpoint: 'https://hps.example.org/api/v1',
      'DOI.host': 'http://127.evil.example',
    });
    expect(shown).toContain(
      '⚠️ The registrar’s address has no https: with each identifier, the handle proxy will send the registrar password in clear text to 127.evil.example, readable by every network in between.',
    );
  });

  it('a request of an earlier version that holds what is not seen cannot be approved any more', async () => {
    await opens(desk, 'cora', '/handle-register');
    await sends(desk, 'cora', { ...DATACITE_EXAMPLE, name: 'Of old' });
    await desk.as('cora').closes({ all: true });
    await desk.works();
    const request = await lastRequest(desk);
    const proxyEndpoint = 'https://hps.exam\u200bple.org/api';
    await desk.bot.services.store.requests.commit({
      request: {
        ...request,
        version: request.version + 1,
        ask: { ...request.ask, proxyEndpoint },
      },
      entry: {
        at: desk.now(),
        who: 'bot',
        what: 'previewed',
        request: request.id,
        service: null,
        people: [],
        detail: {},
      },
      jobs: [],
    });
    const before = posts().length;
    expect(await isRefused(desk, 'ada', request.id)).toBe(
      `⛔ ${unseen('200B')}\nNext: Correct it in the form; what you typed is still there.`,
    );
    await desk.works();
    expect(posts()).toHaveLength(before);
    expect((await stored(desk, request.id)).status).toBe('pending');
  });

  it('words after the command get no other way in than the form', async () => {
    const view = await opens(desk, 'cora', '/handle register My\u202eetICataD <!channel>');
    expect(typed(view)['name']).toBe('My\u202eetICataD <!channel>');
    const { errors } = await sends(desk, 'cora', { ...DATACITE_EXAMPLE, name: 'My\u202eetICataD' });
    expect(errors).toEqual({ name: unseen('202E') });
    await desk.as('cora').closes({ all: true });
  });

  it('a reason whose words run backwards, which Onezone is not sent, is read in the order in which it is kept', async () => {
    const reason = 'For\u202e my\u0000 thesis\u200b\n\u2066Lena';
    const id = await asks(desk, 'lena', { reason });
    expect((await stored(desk, id)).reason).toBe(reason);
    expect(screen(approvalOf(desk, id))).toContain('\n> For my thesis\nLena');
  });

  it('a reason of characters that are not seen is none, neither to ask nor to deny', async () => {
    await opens(desk, 'lena', '/handle request DataCite');
    const view = await sends(desk, 'lena', { reason: '\u200b\u2060\u3164' });
    expect(view.errors).toEqual({ reason: 'Say why: the approvers decide by it.' });
    await desk.as('lena').closes({ all: true });
    await desk.as('cora').clicks(approvalOf(desk, await asks(desk, 'lena')), 'request_deny');
    await desk.slack.until(() => desk.as('cora').modal !== null, 'the form');
    const deny = await sends(desk, 'cora', { comment: '\u200b\u2060' });
    expect(deny.errors).toEqual({ comment: 'Say why: the requester reads it.' });
    await desk.as('cora').closes({ all: true });
  });
});

describe('forms for access take only what the desk itself offers, and say so in plain words', () => {
  const FILLED = { service: '', people: [PEOPLE.lena], level: 'use', duration: '90d', day: '' };
  const ACCESS = { access: `R-00000000:${PEOPLE.lena}`, duration: '90d', day: '' };

  const check = async (name: 'grant' | 'extend', values: FormValues) => {
    const { services } = desk.bot;
    const change = services.changes.named(name);
    const by = await services.people.actor(PEOPLE.lena);
    return (await change?.check(services, change.form.toAsk(values), by)) ?? {};
  };

  it('no text in any field of a grant or an extension passes that is not on offer, nor is answered by a library', async () => {
    const service = { value: desk.datacite, text: 'DataCite' };
    const cases = [
      { name: 'grant', form: { ...FILLED, service } },
      { name: 'extend', form: ACCESS },
    ] as const;
    const filled = fc.constantFrom(...cases).chain(({ name, form }) =>
      fc.constantFrom(...Object.keys(form)).chain((field) => {
        const text = fieldText(
          { ...FILLED, ...ACCESS, service: desk.datacite, people: PEOPLE.lena }[field] ?? '',
        );
        return text.map((typed) => ({
          name,
          typed,
          field,
          values: { ...form, [field]: field === 'people' ? [typed] : typed },
        }));
      }),
    );
    await fc.assert(
      fc.asyncProperty(filled, async ({ name, field, typed, values }) => {
        const problems = Object.values(await check(name, values)).map(plainSentence);
        for (const says of problems) {
          expect(says).toMatch(/^[A-Z][^`<>*]*\.$/);
          expect(says).not.toMatch(/invalid|expected|maintain|own\b/i);
        }
        const offered = [desk.datacite, 'use', '90d', '8h', '365d', 'permanent', ''];
        if (problems.length > 0 || name === 'extend') return;
        if (field === 'people') expect(typed).toMatch(/^[UW][A-Z0-9]{2,20}$/);
        else expect(offered).toContain(typed);
      }),
      { numRuns: 300 },
    );
  });

  it('a level that the policy lacks is refused without offering others that it lacks', async () => {
    const service = { value: desk.datacite, text: 'DataCite' };
    expect(await check('grant', { ...FILLED, service, level: 'root' })).toEqual({
      level: 'Choose or enter this again.',
    });
    expect(await check('grant', { ...FILLED, service, level: 'own' })).toEqual({
      level: 'The policy offers only use.',
    });
  });

  it('an access that ended while its form stood open is refused below its field, without marks that Slack would show', async () => {
    await linked(desk, 'ada');
    await changes(desk, 'ada', '/handle request DataCite', { duration: '8h', reason: 'For a day' });
    await opens(desk, 'ada', '/handle extend');
    await desk.passes(9 * HOUR);
    const view = await sends(desk, 'ada', { reason: 'For another' });
    expect(view.errors).toEqual({
      access:
        'There is no access with an end that could be extended: it is over, has no end, or was taken away in Onezone. Type “/handle mine” to see what there is, or “/handle request” to ask anew.',
    });
    await desk.as('ada').closes({ all: true });
  });
});

describe('text that is only searched for never breaks the search', () => {
  it('NUL and more letters than any name has find what is there, or nothing', async () => {
    const lena = desk.as('lena');
    await opens(desk, 'lena', '/handle request');
    const found = async (text: string) =>
      (await lena.searches('service_pick', text)).map(({ value }) => value);
    expect(await found('Data\u0000Cite')).toEqual([desk.datacite]);
    expect(await found(`${desk.datacite}\u0000`)).toEqual([desk.datacite]);
    expect(await found('%'.repeat(60_000))).toEqual([]);
    await lena.closes({ all: true });
    expect(await told(desk, 'lena', '/handle show No\u0000thing')).toContain(
      'No handle service is called',
    );
    expect(await told(desk, 'lena', '/handle services Data\u0000Cite')).toContain('*DataCite*');
  });
});
