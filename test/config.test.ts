import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { loadConfig, SECRETS, VARIABLES } from '../src/config.js';
import { ConfigError, type Environment } from '../src/environment/variables.js';

const bare = {
  SLACK_BOT_TOKEN: 'xoxb-canary-bot',
  SLACK_SIGNING_SECRET: 'canary-signing',
  ONEZONE_URL: 'https://zone.example.org:8443',
  ONEZONE_TOKEN: 'canary-zone-token',
};

const noFiles = (path: string): string => {
  throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
};
const files =
  (all: Readonly<Record<string, string>>) =>
  (path: string): string =>
    all[path] ?? noFiles(path);

function problemsOf(env: Environment, readFile = noFiles): readonly string[] {
  try {
    loadConfig(env, readFile);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs only Slack’s and Onezone’s credentials', () => {
    expect(loadConfig(bare, noFiles)).toEqual({
      slack: {
        botToken: 'xoxb-canary-bot',
        mode: { kind: 'http', signingSecret: 'canary-signing' },
        apiUrl: 'https://slack.com/api/',
      },
      onezone: {
        url: 'https://zone.example.org:8443',
        credentials: { token: 'canary-zone-token' },
        insecureTls: false,
      },
      databaseUrl: 'sqlite:./data/handle-desk.db',
      policyFile: './policy.yml',
      listen: { host: '0.0.0.0', port: 3000 },
      ops: { host: '127.0.0.1', port: 9090 },
      logLevel: 'info',
      secrets: ['xoxb-canary-bot', 'canary-signing', 'canary-zone-token'],
      warnings: [],
    });
  });

  it('takes everything that can be said', () => {
    const env = {
      ...bare,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      ONEZONE_URL: 'https://zone.example.org/api/v3/onezone/',
      DATABASE_URL: 'postgres://desk:pa%2Fss@db.example.org/desk',
      POLICY_FILE: '/etc/policy.yml',
      HOST: '::1',
      PORT: '80',
      OPS_HOST: '0.0.0.0',
      OPS_PORT: '0',
      LOG_LEVEL: 'debug',
    };
    expect(loadConfig(env, noFiles)).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:4000/api/' },
      onezone: { url: 'https://zone.example.org/api/v3/onezone' },
      databaseUrl: 'postgres://desk:pa%2Fss@db.example.org/desk',
      policyFile: '/etc/policy.yml',
      listen: { host: '::1', port: 80 },
      ops: { host: '0.0.0.0', port: 0 },
      logLevel: 'debug',
      warnings: [],
    });
    expect(loadConfig(env, noFiles).secrets).toEqual(expect.arrayContaining(['pa%2Fss', 'pa/ss']));
  });

  it('tells everything that is missing at once', () => {
    expect(problemsOf({})).toEqual([
      'SLACK_BOT_TOKEN is missing',
      'SLACK_SIGNING_SECRET is missing (or set SLACK_APP_TOKEN for Socket Mode)',
      'ONEZONE_URL is missing',
      'ONEZONE_TOKEN is missing (or set ONEZONE_USERNAME and ONEZONE_PASSWORD)',
    ]);
  });

  it('counts an empty value as missing, as a copied .env.example has them', () => {
    expect(problemsOf({ ...bare, SLACK_BOT_TOKEN: '', ONEZONE_TOKEN: '' })).toEqual([
      'SLACK_BOT_TOKEN is missing',
      'ONEZONE_TOKEN is missing (or set ONEZONE_USERNAME and ONEZONE_PASSWORD)',
    ]);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xapp-canary-value', 'must be a token that begins with xoxb-'],
    ['SLACK_APP_TOKEN', 'xoxb-canary-value', 'must be a token that begins with xapp-'],
    ['SLACK_SIGNING_SECRET', 'canary value', 'must not contain spaces or line breaks'],
    [
      'SLACK_API_URL',
      'http://canary.example.org',
      'must begin with https:// (http:// only to this host itself)',
    ],
    ['ONEZONE_URL', 'canary.example.org', 'must be a URL such as https://host.example.org'],
    [
      'ONEZONE_URL',
      'http://canary.example.org',
      'must begin with https:// (http:// only to this host itself)',
    ],
    [
      'ONEZONE_URL',
      'https://canary:pw@zone.example.org',
      'must not contain a user name or a password',
    ],
    ['ONEZONE_URL', 'https://zone.example.org/?canary', 'must end with its path: no ? and no #'],
    ['ONEZONE_TOKEN', 'canary\nvalue', 'must not contain spaces or line breaks'],
    ['ONEZONE_USERNAME', 'canary:value', 'must contain neither a colon nor spaces'],
    ['ONEZONE_TLS_INSECURE', 'canary', 'must be true or false'],
    [
      'ONEZONE_CA_FILE',
      '/canary',
      'names a file that cannot be read, or whose certificates are broken',
    ],
    [
      'DATABASE_URL',
      'mysql://canary',
      'must be sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE',
    ],
    ['PORT', 'canary', 'must be a port: a number from 0 (any free one) to 65535'],
    ['PORT', '3000.5', 'must be a port: a number from 0 (any free one) to 65535'],
    ['PORT', '65536', 'must be a port: a number from 0 (any free one) to 65535'],
    ['OPS_PORT', '-1', 'must be a port: a number from 0 (any free one) to 65535'],
    ['OPS_PORT', '3000', 'must differ from PORT'],
    ['HOST', 'can ary', 'must be a host name or an IP address'],
    ['LOG_LEVEL', 'canary', 'must be one of trace, debug, info, warn, error, fatal, silent'],
  ])('refuses a wrong %s (%j) by its name and not by its value', (name, value, why) => {
    expect(problemsOf({ ...bare, [name]: value })).toEqual([`${name} ${why}`]);
  });

  it('tells many mistakes at once, each variable by name, no value at all', () => {
    const env = Object.fromEntries(VARIABLES.map((name) => [name, 'canary-value\n']));
    const problems = problemsOf(env).join('\n');
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'ONEZONE_URL', 'PORT', 'LOG_LEVEL']) {
      expect(problems).toContain(name);
    }
    expect(problems).not.toContain('canary');
  });

  it.each(SECRETS)('reads %s from a file too, without its last line break', (name) => {
    const value = {
      SLACK_BOT_TOKEN: 'xoxb-from-file',
      SLACK_SIGNING_SECRET: 'from-file',
      SLACK_APP_TOKEN: 'xapp-from-file',
      ONEZONE_TOKEN: 'from-file',
      ONEZONE_PASSWORD: ' from file ',
      DATABASE_URL: 'sqlite:from-file',
    }[name];
    const other = name === 'ONEZONE_PASSWORD' ? { ONEZONE_TOKEN: '', ONEZONE_USERNAME: 'me' } : {};
    const env = { ...bare, ...other, [name]: undefined, [`${name}_FILE`]: '/run/secret' };
    const config = loadConfig(env, files({ '/run/secret': `${value}\n` }));
    expect(JSON.stringify(config)).toContain(value);
    expect(config.warnings).toEqual([]);
  });

  it.each([
    [noFiles, 'ONEZONE_TOKEN_FILE names a file that cannot be read (ENOENT)'],
    [files({ '/canary': '\n' }), 'ONEZONE_TOKEN_FILE names an empty file'],
  ])('says what is wrong with the file of a secret', (readFile, problem) => {
    const env = { ...bare, ONEZONE_TOKEN: undefined, ONEZONE_TOKEN_FILE: '/canary' };
    expect(problemsOf(env, readFile)).toEqual([problem]);
  });

  it('refuses a secret that is given twice', () => {
    expect(problemsOf({ ...bare, ONEZONE_TOKEN_FILE: '/canary' })).toEqual([
      'ONEZONE_TOKEN and ONEZONE_TOKEN_FILE are both set; keep one',
    ]);
  });

  it('uses Socket Mode, without a signing secret, when there is an app token', () => {
    const env = { ...bare, SLACK_SIGNING_SECRET: undefined, SLACK_APP_TOKEN: 'xapp-canary' };
    expect(loadConfig(env, noFiles).slack.mode).toEqual({
      kind: 'socket',
      appToken: 'xapp-canary',
    });
  });

  it('lets the two ports be the same in Socket Mode, where one of them is not opened', () => {
    const env = { ...bare, SLACK_APP_TOKEN: 'xapp-canary', OPS_PORT: '3000' };
    expect(loadConfig(env, noFiles).ops.port).toBe(3000);
  });

  it('takes a user name and a password where there is no token', () => {
    const env = { ...bare, ONEZONE_TOKEN: '', ONEZONE_USERNAME: 'ada', ONEZONE_PASSWORD: 'p:w ' };
    const config = loadConfig(env, noFiles);
    expect(config.onezone.credentials).toEqual({ username: 'ada', password: 'p:w ' });
    expect(config.secrets).toContain(Buffer.from('ada:p:w ').toString('base64'));
    expect(config.secrets).toContain('p:w ');
  });

  it.each([
    [{ ONEZONE_USERNAME: 'ada' }, 'ONEZONE_PASSWORD is missing'],
    [{ ONEZONE_PASSWORD: 'canary' }, 'ONEZONE_USERNAME is missing'],
  ])('refuses half of a user name and password', (half, problem) => {
    expect(problemsOf({ ...bare, ONEZONE_TOKEN: undefined, ...half })).toEqual([problem]);
  });

  it('prefers the token and says so, and still redacts the password', () => {
    const env = { ...bare, ONEZONE_USERNAME: 'ada', ONEZONE_PASSWORD: 'canary-password' };
    const config = loadConfig(env, noFiles);
    expect(config.onezone.credentials).toEqual({ token: 'canary-zone-token' });
    expect(config.warnings).toEqual([
      'ONEZONE_TOKEN is used; ONEZONE_USERNAME and ONEZONE_PASSWORD are not',
    ]);
    expect(config.secrets).toContain('canary-password');
  });

  it('warns of TLS without a check at every start', () => {
    const config = loadConfig({ ...bare, ONEZONE_TLS_INSECURE: 'true' }, noFiles);
    expect(config.onezone.insecureTls).toBe(true);
    expect(config.warnings).toEqual([
      'ONEZONE_TLS_INSECURE is true: whoever stands between the bot and Onezone can read its credentials; use ONEZONE_CA_FILE',
    ]);
  });

  it('takes plain HTTP to this host itself', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const url = `http://${host}:8080`;
      expect(loadConfig({ ...bare, ONEZONE_URL: url }, noFiles).onezone.url).toBe(url);
    }
  });

  it('reads the certificates of a private authority', () => {
    const pem = readFileSync('test/onezone/tls/ca.pem', 'utf8');
    const env = { ...bare, ONEZONE_CA_FILE: '/ca.pem' };
    expect(loadConfig(env, files({ '/ca.pem': pem })).onezone.ca).toBe(pem);
    expect(problemsOf(env, files({ '/ca.pem': 'no certificate' }))).toEqual([
      'ONEZONE_CA_FILE names a file without a certificate in PEM',
    ]);
    const broken = pem.replace(/MI[A-Za-z]{4}/, 'AAAAAA');
    expect(problemsOf(env, files({ '/ca.pem': broken }))).toEqual([
      'ONEZONE_CA_FILE names a file that cannot be read, or whose certificates are broken',
    ]);
  });

  it('asks about variables that look like ours', () => {
    const env = {
      ...bare,
      ONEZONE_TOKN: 'x',
      SLACK_TEAM: 'x',
      HANDLE_DESK_COLOUR: 'x',
      DATABSE_URL: 'x',
      LOGLEVEL: 'x',
      PATH: '/bin',
      POST: 'x',
      DATACITE_USER: 'x',
      ONEZONE_EMPTY: '',
    };
    expect(loadConfig(env, noFiles).warnings).toEqual([
      'ONEZONE_TOKN is not read; did you mean ONEZONE_TOKEN?',
      'SLACK_TEAM is not read',
      'HANDLE_DESK_COLOUR is not read',
      'DATABSE_URL is not read; did you mean DATABASE_URL?',
      'LOGLEVEL is not read; did you mean LOG_LEVEL?',
    ]);
  });
});

describe('.env.example', () => {
  const text = readFileSync('.env.example', 'utf8');
  const named = [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);

  it('names every variable once, and no other but those of the example policy', () => {
    expect([...named].sort()).toEqual([...VARIABLES, 'DATACITE_USER'].sort());
  });

  it('shows the defaults that are used', () => {
    const config = loadConfig(bare, noFiles);
    const shown = Object.fromEntries(
      [...text.matchAll(/^#([A-Z_]+)=(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    expect(shown).toMatchObject({
      SLACK_API_URL: config.slack.apiUrl,
      ONEZONE_TLS_INSECURE: String(config.onezone.insecureTls),
      DATABASE_URL: config.databaseUrl,
      POLICY_FILE: config.policyFile,
      HOST: config.listen.host,
      PORT: String(config.listen.port),
      OPS_HOST: config.ops.host,
      OPS_PORT: String(config.ops.port),
      LOG_LEVEL: config.logLevel,
    });
  });

  it('misses only what is one’s own when it is copied as it is', () => {
    const script = 'process.stdout.write(JSON.stringify(process.env))';
    const printed = execFileSync(process.execPath, ['--env-file=.env.example', '-e', script], {
      env: {},
      encoding: 'utf8',
    });
    const env = z.record(z.string(), z.string()).parse(JSON.parse(printed));
    expect(problemsOf(env)).toEqual([
      'SLACK_BOT_TOKEN is missing',
      'SLACK_SIGNING_SECRET is missing (or set SLACK_APP_TOKEN for Socket Mode)',
      'ONEZONE_TOKEN is missing (or set ONEZONE_USERNAME and ONEZONE_PASSWORD)',
    ]);
  });
});
