import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { X509Certificate } from 'node:crypto';
import { afterEach, expect, it } from '@jest/globals';
import { certificate } from '../../src/doctor/checks/certificate.js';
import type { Examined } from '../../src/doctor/examined.js';
import { probe, type Probe } from '../../src/onezone/probe.js';
import { startOnezoneSandbox } from '../../src/sandbox/onezone/server.js';

const key = readFileSync('test/onezone/tls/server.key', 'utf8');
const cert = readFileSync('test/onezone/tls/server.pem', 'utf8');
const ends = new Date(new X509Certificate(cert).validTo);

let stop: () => void | Promise<void> = () => undefined;
afterEach(() => stop());

it('sees the clock and the certificate of a zone whose authority it does not know', async () => {
  const now = new Date('2026-03-01T10:00:00Z');
  const zone = await startOnezoneSandbox({ tls: { key, cert }, now: () => now });
  stop = zone.stop;
  expect(await probe(zone.url)).toEqual({ date: now, certificateEnds: ends });
});

it('rejects when nobody is there, and when nobody answers', async () => {
  await expect(probe('http://127.0.0.1:9')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  const silent = createServer({ key, cert }, () => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  stop = () => {
    silent.closeAllConnections();
    silent.close();
  };
  const address = silent.address();
  const { port } = typeof address === 'object' && address !== null ? address : noPort;
  await expect(probe(`https://127.0.0.1:${String(port)}`, { timeoutMs: 100 })).rejects.toThrow(
    'no answer in time',
  );
});

const noPort: AddressInfo = { address: '', family: '', port: 0 };

/** Only what the check asks for. */
const judged = async (answer: () => Promise<Probe>, now: Date) => {
  const nobody = () => Promise.reject(new Error('not asked'));
  const zone = { probe: answer, connect: nobody, services: nobody };
  const examined: Pick<Examined, 'zone' | 'now'> = { zone, now: () => now };
  return certificate.look({ ...NOTHING, ...examined });
};

const unasked = () => Promise.reject(new Error('not asked'));
const NOTHING: Omit<Examined, 'zone' | 'now'> = {
  config: {
    slack: { botToken: '', mode: { kind: 'http', signingSecret: '' }, apiUrl: '' },
    onezone: { url: '', credentials: { token: '' }, insecureTls: false },
    databaseUrl: '',
    listen: { host: '', port: 0 },
  },
  policy: {
    ...{ roles: {}, actions: {}, services: [], accounts: {} },
    grants: { durations: [], max: null, levels: [] },
    requests: { lapseAfter: 0, remindAfter: null, escalate: null },
    notify: { grants: null, approvals: null, operators: null },
    identity: { email: 'off' },
  },
  accounts: { env: {}, readFile: unasked },
  workspace: { installation: unasked, channel: unasked, person: unasked, group: unasked },
  store: unasked,
  intake: unasked,
};

it.each([
  [30, 'ok', 'Onezone’s certificate is valid for 30 days.'],
  [14, 'warning', 'Onezone’s certificate ends in 14 days.'],
  [0, 'problem', 'Onezone’s certificate has ended.'],
])('counts the days that the certificate has left: %d', async (days, verdict, what) => {
  const now = new Date(ends.getTime() - days * 24 * 3_600_000);
  const [found] = await judged(() => Promise.resolve({ date: null, certificateEnds: ends }), now);
  expect(found).toMatchObject({ check: 'onezone.certificate', verdict, what });
});

it('says that it could not look where nobody answers', async () => {
  const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
  expect(await judged(() => Promise.reject(refused), new Date())).toMatchObject([
    { verdict: 'unknown', why: 'Nobody answers at its address (ECONNREFUSED).' },
  ]);
});
