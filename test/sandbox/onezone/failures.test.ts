import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errors } from 'undici';
import { type ZoneFault } from '../../../src/sandbox/onezone/faults.js';
import { type ZoneChange } from '../../../src/sandbox/onezone/server.js';
import { zoneStateSchema } from '../../../src/sandbox/onezone/state.js';
import {
  badCredentials,
  type Desk,
  newId,
  now,
  openDesk,
  person,
  prefix,
  verdict,
} from './harness.js';
import { tlsPair } from './tls-pair.js';

let desk: Desk;
let token: string;
beforeEach(async () => {
  desk = await openDesk();
  token = person(desk, ['oz_handle_services_create', 'oz_handle_services_list']).token;
});
afterEach(() => desk.close());

const body = {
  name: 'LifeWatch',
  proxyEndpoint: 'https://hps/api/v1',
  serviceProperties: { type: 'DOI', prefix: '10.5072', password: 'pa$$word' },
};
const make = () => desk.rest('POST', '/handle_services', { token, body });
const list = () => desk.rest('GET', '/handle_services', { token });
const made = () => Object.keys(desk.zone.state.handleServices).length;
const unavailable = {
  error: {
    id: 'serviceUnavailable',
    description: 'Service required for this operation is offline.',
  },
};

describe('the circuit breaker', () => {
  it('68. closes the REST API after authentication and content type, and leaves the root alone', async () => {
    desk.zone.setBreaker(true);
    const heard = await list();
    expect([heard.status, heard.json]).toEqual([503, unavailable]);
    expect(heard.headers['retry-after']).toBeUndefined();
    expect((await desk.rest('GET', '/configuration')).json).toEqual(unavailable);
    expect((await desk.rest('POST', '/handle_services', { token, raw: '{bad' })).json).toEqual(
      unavailable,
    );
    const bad = await desk.rest('GET', '/handle_services', { token: 'garbage' });
    expect(verdict(bad)).toBe('401 unauthorized: badToken');
    expect((await desk.rest('PUT', '/handle_services', { token })).status).toBe(405);
    const headers = { 'content-type': 'text/plain' };
    const text = await desk.rest('POST', '/handle_services', { token, headers, body });
    expect(text.status).toBe(415);
    expect((await desk.ask('GET', '/configuration')).status).toBe(200);
    desk.zone.setBreaker(false);
    expect((await list()).status).toBe(200);
  });
});

describe('faults on the wire', () => {
  it('69. crashes with a reference, or with nothing at all', async () => {
    desk.zone.faults.add({ kind: 'crash', times: 1 });
    desk.zone.faults.add({ kind: 'crash-empty', times: 1 });
    const crash = await list();
    expect(crash.status).toBe(500);
    const reference: unknown = expect.stringMatching(/^[0-9a-f]{10}$/);
    expect(crash.json).toMatchObject({
      error: { id: 'internalServerError', details: { reference } },
    });
    expect(crash.text).toContain('citing the following reference: ');
    const empty = await list();
    expect([empty.status, empty.text, empty.headers['content-type']]).toEqual([500, '', undefined]);
    expect((await list()).status).toBe(200);
  });

  it('answers a status with one of Onezone’s errors, or with nothing', async () => {
    desk.zone.faults.add({ kind: 'status', status: 503, errorId: 'temporaryFailure', times: 1 });
    desk.zone.faults.add({ kind: 'status', status: 502, times: 1 });
    expect((await list()).json).toEqual({
      error: {
        id: 'temporaryFailure',
        description: 'Temporary failure - please try again later.',
      },
    });
    const empty = await list();
    expect([empty.status, empty.text]).toEqual([502, '']);
  });

  it('answers like a proxy in front: a page, or too many requests', async () => {
    desk.zone.faults.add({ kind: 'html', times: 1 });
    desk.zone.faults.add({ kind: 'too-many', retryAfter: 7, times: 1 });
    const page = await list();
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toMatch(/^<!DOCTYPE html>/);
    const many = await list();
    expect([many.status, many.headers['retry-after']]).toEqual([429, '7']);
  });

  it('answers anything at all, with or without doing what was asked', async () => {
    const answer = { kind: 'answer', status: 201, headers: { location: '/x' }, times: 1 } as const;
    desk.zone.faults.add({ ...answer, body: '{}' });
    const lied = await make();
    expect([lied.status, lied.headers['location'], lied.text, made()]).toEqual([
      201,
      '/x',
      '{}',
      0,
    ]);
    desk.zone.faults.add({ ...answer, commits: true });
    expect([(await make()).headers['location'], made()]).toEqual(['/x', 1]);
  });

  it('cuts the connection before anything is done', async () => {
    desk.zone.faults.add({ kind: 'reset-before', times: 1 });
    await expect(make()).rejects.toThrow(errors.SocketError);
    expect(made()).toBe(0);
    expect(desk.zone.log.at(-1)).toMatchObject({ status: 'reset', fault: 'reset-before' });
  });

  it('cuts the connection after everything is done', async () => {
    desk.zone.faults.add({ kind: 'commit-then-reset', times: 1 });
    await expect(make()).rejects.toThrow(errors.SocketError);
    expect(made()).toBe(1);
    expect(desk.zone.log.at(-1)).toMatchObject({ status: 'reset', fault: 'commit-then-reset' });
  });

  it.each([
    ['hang', 0],
    ['commit-then-hang', 1],
  ] as const)('hangs (%s) with %i services made, until it is stopped', async (kind, services) => {
    const hung = new Promise<void>((resolve) => {
      desk.zone.on(({ kind: changed }) => {
        if (changed === 'call') resolve();
      });
    });
    desk.zone.faults.add({ kind });
    const waiting = expect(make()).rejects.toThrow();
    await hung;
    expect(made()).toBe(services);
    expect(desk.zone.log.at(-1)).toMatchObject({ status: 'hang', fault: kind });
    await desk.zone.stop();
    await waiting;
  });

  it('delays and then goes on as ever', async () => {
    desk.zone.faults.add({ kind: 'delay', ms: 5, times: 1 });
    expect((await make()).status).toBe(201);
    expect(desk.zone.log.at(-1)).toMatchObject({ status: 201, fault: 'delay' });
  });

  it('stops without waiting for a delay', async () => {
    desk.zone.faults.add({ kind: 'delay', ms: 3_600_000, times: 1 });
    const taken = new Promise<void>((resolve) => {
      desk.zone.on(({ kind }) => {
        if (kind === 'faults') resolve();
      });
    });
    const waiting = expect(make()).rejects.toThrow();
    await taken;
    await desk.zone.stop();
    await waiting;
    expect(made()).toBe(0);
  });

  it('hits only the requests it is about, as often as it says', async () => {
    const fault: ZoneFault = {
      kind: 'crash-empty',
      method: 'post',
      path: `${prefix}/handle*`,
      times: 2,
    };
    desk.zone.faults.add(fault);
    expect((await list()).status).toBe(200);
    expect(desk.zone.faults.active).toEqual([fault]);
    expect((await make()).status).toBe(500);
    expect(desk.zone.faults.active).toEqual([{ ...fault, times: 1 }]);
    expect((await make()).status).toBe(500);
    expect(desk.zone.faults.active).toEqual([]);
    expect((await make()).status).toBe(201);
    desk.zone.faults.add({ kind: 'crash-empty', path: /services$/g });
    expect([(await list()).status, (await list()).status]).toEqual([500, 500]);
    expect((await desk.rest('GET', '/user', { token })).status).toBe(200);
    desk.zone.faults.clear();
    expect((await list()).status).toBe(200);
  });

  it('refuses what is no fault', () => {
    expect(() => {
      desk.zone.faults.add({ kind: 'delay', ms: -1 });
    }).toThrow('expected number to be >=0');
    expect(desk.zone.faults.active).toEqual([]);
  });
});

describe('what a page can watch', () => {
  it('logs every request with its actor and without its secrets', async () => {
    const before = desk.zone.log.length;
    const id = newId(await make());
    await desk.rest('GET', `/handle_services/${id}?a=1`, { token: 'garbage' });
    await desk.rest('POST', '/tokens/examine', { body: { token } });
    await desk.rest('POST', '/handle_services', { token, raw: '{"password":"pa$$word"' });
    const actor = Object.keys(desk.zone.state.users)[0];
    const number: unknown = expect.any(Number);
    const line = { at: now.toISOString(), connection: number, fault: null, ms: number };
    expect(desk.zone.log.slice(before)).toEqual([
      {
        ...line,
        seq: 1,
        method: 'POST',
        path: `${prefix}/handle_services`,
        status: 201,
        errorId: null,
        actor,
        body: { ...body, serviceProperties: { ...body.serviceProperties, password: '•••' } },
      },
      {
        ...line,
        seq: 2,
        method: 'GET',
        path: `${prefix}/handle_services/${id}?a=1`,
        status: 401,
        errorId: 'unauthorized',
        actor: 'anonymous',
        body: null,
      },
      {
        ...line,
        seq: 3,
        method: 'POST',
        path: `${prefix}/tokens/examine`,
        status: 200,
        errorId: null,
        actor: 'anonymous',
        body: { token: '•••' },
      },
      {
        ...line,
        seq: 4,
        method: 'POST',
        path: `${prefix}/handle_services`,
        status: 400,
        errorId: 'malformedData',
        actor,
        body: '(22 bytes that are not JSON)',
      },
    ]);
  });

  it('tells of calls, state and faults as they change', async () => {
    const changes: ZoneChange['kind'][] = [];
    const off = desk.zone.on(({ kind }) => changes.push(kind));
    await list();
    await make();
    desk.zone.faults.add({ kind: 'crash', times: 1 });
    await make();
    desk.zone.addUser();
    expect(changes).toEqual(['call', 'state', 'call', 'faults', 'faults', 'call', 'state']);
    off();
    await list();
    expect(changes).toHaveLength(7);
  });

  it('goes on where it was from a written state', async () => {
    const id = newId(await make());
    const written = JSON.stringify(desk.zone.state);
    const again = await openDesk({ state: zoneStateSchema.parse(JSON.parse(written)) });
    try {
      const heard = await again.rest('GET', `/handle_services/${id}`, { token });
      expect(heard.json).toMatchObject({ handleServiceId: id, name: 'LifeWatch' });
      expect(JSON.stringify(again.zone.state)).toBe(written);
    } finally {
      await again.close();
    }
  });

  it('speaks TLS and names the domain it is told', async () => {
    const secure = await openDesk({ tls: tlsPair, domain: 'zone.test' });
    try {
      expect(secure.zone.url).toBe(`https://127.0.0.1:${secure.zone.port}`);
      const maker = person(secure, ['oz_handle_services_create']);
      const heard = await secure.rest('POST', '/handle_services', { token: maker.token, body });
      expect(heard.headers['location']).toBe(
        `https://zone.test${prefix}/handle_services/${newId(heard)}`,
      );
    } finally {
      await secure.close();
    }
  });

  it('refuses a port that is taken', async () => {
    await expect(openDesk({ port: desk.zone.port })).rejects.toThrow('EADDRINUSE');
  });

  it('keeps bad credentials out of a healthy answer', async () => {
    expect((await desk.rest('GET', '/health')).json).toEqual({ status: 'healthy' });
    const bad = await desk.rest('GET', '/health', { token: 'x' });
    expect(bad.json).toEqual(
      badCredentials({
        id: 'badToken',
        description: 'Provided token could not be understood by the server.',
      }),
    );
  });
});
