import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startStage, post, type Stage } from './stage.js';

let stage: Stage | null = null;

afterEach(async () => {
  await stage?.stop();
  stage = null;
});

async function staged(options: Parameters<typeof startStage>[0] = {}): Promise<Stage> {
  stage = await startStage(options);
  return stage;
}

const read = post({ as: 'U0ADA', do: 'read', channel: 'C0TEAM' });

describe('without a key', () => {
  it('answers this machine by its names, whatever the port in them', async () => {
    const { request } = await staged();
    for (const host of ['localhost:4000', '127.0.0.1:1', '[::1]:99', 'LOCALHOST']) {
      expect([host, (await request('/', { headers: { host } })).status]).toEqual([host, 200]);
    }
  });

  it('turns away a foreign name that leads here', async () => {
    const { request } = await staged();
    const reply = await request('/', { headers: { host: 'evil.example:4000' } });
    expect(reply.status).toBe(403);
    expect(reply.body).toBe('This page is for this machine only, not for evil.example:4000.\n');
    const live = await request('/live', { headers: { host: '127.0.0.1.evil.example' } });
    expect(live.status).toBe(403);
  });

  it('does not open itself to other machines', async () => {
    await expect(startStage({ host: '0.0.0.0' })).rejects.toThrow(
      'Without a key the page stays on this machine: 0.0.0.0 is not loopback.',
    );
  });
});

describe('with a key', () => {
  const key = 'the-key-of-this-run';

  it('lets nobody in who does not know it', async () => {
    const { request } = await staged({ host: '0.0.0.0', key });
    const why = 'Open the address that was printed at the start: it has a key.\n';
    expect((await request('/')).body).toBe(why);
    for (const path of ['/', '/live', '/page.js', '/?key=', '/?key=the-key-of-this-ru']) {
      expect([path, (await request(path)).status]).toEqual([path, 401]);
    }
    expect((await request('/do/act', read)).status).toBe(401);
    const cookie = { cookie: 'handle_desk_key=wrong' };
    expect((await request('/', { headers: cookie })).status).toBe(401);
  });

  it('takes it once from the address, then from the cookie, under any name', async () => {
    const { request, page } = await staged({ host: '0.0.0.0', key });
    expect(page.url).toBe(`http://localhost:${page.port}/?key=${key}`);
    const first = await request(`/?key=${key}`, { headers: { host: 'lab.example' } });
    expect(first.status).toBe(303);
    expect(first.headers['location']).toBe('/');
    expect(first.headers['set-cookie']).toEqual([
      `handle_desk_key=${key}; HttpOnly; SameSite=Lax; Path=/`,
    ]);
    const headers = { host: 'lab.example', cookie: `other=1; handle_desk_key=${key}` };
    expect((await request('/', { headers })).body).toBe('<title>the page</title>');
  });
});

describe('posts', () => {
  it('are taken from this page', async () => {
    const { request } = await staged();
    expect((await request('/do/act', read)).status).toBe(200);
    const own = { ...read.headers, host: 'localhost:4000', origin: 'http://localhost:4000' };
    expect((await request('/do/act', { ...read, headers: own })).status).toBe(200);
  });

  it.each([
    ['without the page’s own header', { 'content-type': 'application/json' }, 403],
    ['from another origin', { origin: 'http://evil.example' }, 403],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['from a sandboxed frame', { origin: 'null' }, 403],
    ['that a browser says come from elsewhere', { 'sec-fetch-site': 'same-site' }, 403],
    ['as a form would send them', { 'content-type': 'text/plain' }, 415],
  ])('%s are turned away', async (_, headers, status) => {
    const { request, slack } = await staged();
    const all = 'content-type' in headers ? headers : { ...read.headers, ...headers };
    const typed = post({ as: 'U0ADA', do: 'type', channel: 'C0TEAM', text: 'hello' });
    const full =
      'content-type' in headers && status === 415 ? { ...all, 'x-handle-desk': '1' } : all;
    const reply = await request('/do/act', { ...typed, headers: { ...full } });
    expect(reply.status).toBe(status);
    expect(slack.messages('C0TEAM')).toEqual([]);
  });

  it('of another shape are refused, and so are those that nobody knows', async () => {
    const { request } = await staged();
    expect((await request('/do/act', post({ as: 'U0ADA', do: 'dance' }))).status).toBe(400);
    expect((await request('/do/act', { ...read, body: '{' })).status).toBe(400);
    expect((await request('/do/act', { ...read, body: `"${'x'.repeat(300_000)}"` })).status).toBe(
      400,
    );
    expect((await request('/do/everything', read)).status).toBe(404);
    expect((await request('/do/constructor', read)).status).toBe(404);
    expect((await request('/', { method: 'DELETE' })).status).toBe(405);
  });
});

describe('the page’s files', () => {
  it('are the four there are, and may load nothing from elsewhere', async () => {
    const { request } = await staged();
    const { headers } = await request('/');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    for (const path of ['/etc/passwd', '/../index.html', '//index.html', '/constructor']) {
      expect([path, (await request(path)).status]).toEqual([path, 404]);
    }
    const unbuilt = await request('/page.js');
    expect([unbuilt.status, unbuilt.body]).toEqual([
      500,
      'The page is not built. Run: npm run build\n',
    ]);
  });
});

describe('the port', () => {
  it('is the next free one when the wanted one is taken', async () => {
    const other = createServer();
    const taken = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const { page } = await staged({ port: taken });
    expect(page.port).toBeGreaterThan(taken);
    expect(page.port).toBeLessThan(taken + 20);
    expect(page.url).toBe(`http://127.0.0.1:${page.port}/`);
    await new Promise((resolve) => other.close(resolve));
  });
});
