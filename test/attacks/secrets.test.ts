import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { approves, asks, denies } from '../stories/acting.js';
import { answered, lastRequest, opens, sends, told } from '../stories/acts.js';
import { CANARIES, type Desk, openDesk } from '../stories/desk.js';
import { DATACITE_EXAMPLE } from '../stories/registrar.js';

const PASSWORD = CANARIES.registrar;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How the password can be written by whoever wants it to get through. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'as it is': PASSWORD,
  'in base64': base64(PASSWORD),
  'in base64 for URLs': Buffer.from(PASSWORD).toString('base64url'),
  'in base64 behind the user name': base64(`mds-user:${PASSWORD}`),
  'in base64 behind another user name': base64(`x:${PASSWORD}:y`),
  'in a URL': `https://x.example/?p=${encodeURIComponent(PASSWORD)}`,
  'in JSON in JSON': JSON.stringify(JSON.stringify({ password: PASSWORD })),
};

let desk: Desk;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  desk = await openDesk({ databaseUrl: `sqlite:${folder}/desk.db`, onezoneTimeoutMs: 400 });
});
afterAll(async () => {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that went to Slack in any way, all that is stored, and the log. */
const everything = (): Readonly<Record<string, string>> => ({
  calls: JSON.stringify(desk.slack.calls.map(({ method, args }) => ({ method, args }))),
  screens: JSON.stringify([
    ...[desk.slack.state.messages, desk.slack.state.ephemerals],
    ...[desk.slack.state.views, desk.slack.deliveries.map((it) => it.body)],
  ]),
  store: readdirSync(folder)
    .map((it) => readFileSync(join(folder, it), 'latin1'))
    .join(''),
  log: desk.log(),
});

function expectNothingOf(spelling: string): void {
  const inJson = JSON.stringify(spelling).slice(1, -1);
  const found = Object.entries(everything())
    .filter(([, text]) => [PASSWORD, spelling, inJson].some((it) => text.includes(it)))
    .map(([place]) => place);
  expect(found).toEqual([]);
}

describe('No secret of the desk reaches Slack, the database or the log, whoever sends it and however it is written', () => {
  it.each(Object.entries(SPELLINGS))(
    'Onezone refuses a grant with the registrar’s password %s as the id of its error',
    async (_name, spelling) => {
      const id = await asks(desk, 'lena');
      const errorId = spelling.slice(0, 100);
      desk.zone.faults.add({ kind: 'status', method: 'PUT', status: 400, errorId, times: 1 });
      await approves(desk, 'cora', id);
      await desk.works();
      expect(desk.told('lena').at(-1)).toContain(
        'Onezone refused with an error that this version of the desk does not know (status 400).',
      );
      expectNothingOf(spelling);
    },
  );

  it('Onezone names services and users after the password, in every spelling', async () => {
    const services = Object.values(SPELLINGS).map((it) => {
      desk.zone.addUser({ username: 'x', fullName: `F ${it}`, emails: [`${it}@x.org`] });
      return desk.zone.addHandleService({ name: `N ${it}` }).handleServiceId;
    });
    await desk.passes(2 * 3_600_000);
    for (const id of services) {
      expect(await told(desk, 'lena', `/handle show ${id}`)).toContain('[redacted]');
    }
    await answered(desk, 'lena', '/handle services');
    await opens(desk, 'lena', '/handle request');
    await desk.as('lena').opensHome();
    for (const spelling of Object.values(SPELLINGS)) expectNothingOf(spelling);
    for (const id of services) Reflect.deleteProperty(desk.zone.state.handleServices, id);
  });

  it.each(['as it is', 'in base64 behind another user name', 'in JSON in JSON'])(
    'a person types the password %s, into a form, as a reason, as a comment and behind a command',
    async (name) => {
      const spelling = SPELLINGS[name] ?? '';
      await opens(desk, 'ada', `/handle-register ${spelling}`);
      expect(desk.slack.calls.at(-1)).toMatchObject({ method: 'views.open' });
      expect(JSON.stringify(desk.slack.calls.at(-1)?.args)).toContain('[redacted]');
      await sends(desk, 'ada', { ...DATACITE_EXAMPLE, 'DOI.identifierTemplate': spelling });
      await desk.works();
      expect((await lastRequest(desk)).change).toBe('register');
      const id = await asks(desk, 'tom', { reason: spelling });
      await denies(desk, 'cora', id, spelling);
      // Both are repeated: one in the answer to the delivery itself, one at its response address.
      for (const line of [`/handle ${PASSWORD}`, `/handle show ${spelling}`]) {
        const answer = await told(desk, 'tom', line);
        expect(answer).toContain('[redacted]');
        expect(answer).not.toContain(PASSWORD);
      }
      await desk.works();
      // What a person sends stands in Slack already, and only there: the desk repeats and keeps nothing of it.
      const { store, log, calls } = everything();
      for (const place of [store, log, calls]) {
        expect(place).not.toContain(PASSWORD);
        expect(place).not.toContain(JSON.stringify(spelling).slice(1, -1));
      }
    },
  );
});
