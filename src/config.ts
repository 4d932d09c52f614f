import { z } from 'zod';
import { lookAlikes } from './environment/look-alikes.js';
import * as values from './environment/values.js';
import {
  ConfigError,
  type Environment,
  type ReadFile,
  readVariables,
  type Variables,
} from './environment/variables.js';

/** The bot's settings. Nothing else reads the environment. */
export interface Config {
  readonly slack: {
    readonly botToken: string;
    readonly mode:
      | { readonly kind: 'http'; readonly signingSecret: string }
      | { readonly kind: 'socket'; readonly appToken: string };
    /** With a trailing slash. */
    readonly apiUrl: string;
  };
  readonly onezone: {
    readonly url: string;
    readonly credentials:
      { readonly token: string } | { readonly username: string; readonly password: string };
    readonly ca?: string;
    readonly insecureTls: boolean;
  };
  readonly databaseUrl: string;
  readonly policyFile: string;
  readonly listen: { readonly host: string; readonly port: number };
  readonly ops: { readonly host: string; readonly port: number };
  readonly logLevel: LogLevel;
  /** Every secret value, for redaction by value. */
  readonly secrets: readonly string[];
  /** Valid but questionable settings, logged at every start. Names, never values. */
  readonly warnings: readonly string[];
}

const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
  error: 'must be one of trace, debug, info, warn, error, fatal, silent',
});
export type LogLevel = z.infer<typeof LogLevel>;

/** Each can also be given as NAME_FILE. */
export const SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'ONEZONE_TOKEN',
  'ONEZONE_PASSWORD',
  'DATABASE_URL',
] as const;
export const VARIABLES = [
  ...SECRETS,
  ...SECRETS.map((name) => `${name}_FILE` as const),
  'SLACK_API_URL',
  'ONEZONE_URL',
  'ONEZONE_USERNAME',
  'ONEZONE_CA_FILE',
  'ONEZONE_TLS_INSECURE',
  'POLICY_FILE',
  'HOST',
  'PORT',
  'OPS_HOST',
  'OPS_PORT',
  'LOG_LEVEL',
] as const;

const DEFAULT_DATABASE_URL = 'sqlite:./data/handle-desk.db';

/** All that looking at the database needs. Throws `ConfigError`. */
export function loadDatabaseUrl(env: Environment, readFile: ReadFile): string {
  const variables = readVariables(env, readFile);
  const url = variables.readSecret('DATABASE_URL', values.databaseUrl);
  if (variables.problems.length > 0) throw new ConfigError(variables.problems);
  return url ?? DEFAULT_DATABASE_URL;
}

/** Where the policy is. An empty variable counts as none, as everywhere. */
export const policyFileOf = (env: Environment): string =>
  env['POLICY_FILE']?.trim() || './policy.yml';

/** Throws `ConfigError` with all problems. */
export function loadConfig(env: Environment, readFile: ReadFile): Config {
  const variables = readVariables(env, readFile);
  const slack = readSlack(variables);
  const onezone = readOnezone(variables, readFile);
  const databaseUrl = variables.readSecret('DATABASE_URL', values.databaseUrl);
  const listen = readAddress(variables, 'HOST', 'PORT', { host: '0.0.0.0', port: 3000 });
  const ops = readAddress(variables, 'OPS_HOST', 'OPS_PORT', { host: '127.0.0.1', port: 9090 });
  if (slack?.mode.kind === 'http' && listen.port === ops.port && ops.port !== 0) {
    variables.refuse('OPS_PORT must differ from PORT');
  }
  const policyFile = policyFileOf(env);
  const logLevel = variables.read('LOG_LEVEL', LogLevel) ?? 'info';
  if (slack === null || onezone === null || variables.problems.length > 0) {
    throw new ConfigError(variables.problems);
  }
  const config = {
    slack,
    onezone,
    databaseUrl: databaseUrl ?? DEFAULT_DATABASE_URL,
    policyFile,
    listen,
    ops,
    logLevel,
  };
  const warnings = [...warningsOf(variables, config), ...lookAlikes(env, VARIABLES)];
  return { ...config, secrets: secretsOf(variables, config), warnings };
}

/** Only what is needed to speak to Onezone. Throws `ConfigError`. */
export function loadOnezone(env: Environment, readFile: ReadFile): Config['onezone'] {
  const variables = readVariables(env, readFile);
  const onezone = readOnezone(variables, readFile);
  if (onezone === null || variables.problems.length > 0) throw new ConfigError(variables.problems);
  return onezone;
}

function readSlack(variables: Variables): Config['slack'] | null {
  const botToken = variables.readSecret('SLACK_BOT_TOKEN', values.startingWith('xoxb-'));
  const appToken = variables.readSecret('SLACK_APP_TOKEN', values.startingWith('xapp-'));
  const signingSecret = variables.readSecret('SLACK_SIGNING_SECRET', values.word);
  const apiUrl = variables.read('SLACK_API_URL', values.url) ?? 'https://slack.com/api/';
  if (!variables.isSet('SLACK_BOT_TOKEN')) variables.refuse('SLACK_BOT_TOKEN is missing');
  if (!variables.isSet('SLACK_APP_TOKEN') && !variables.isSet('SLACK_SIGNING_SECRET')) {
    variables.refuse('SLACK_SIGNING_SECRET is missing (or set SLACK_APP_TOKEN for Socket Mode)');
  }
  const mode =
    appToken !== null
      ? { kind: 'socket' as const, appToken }
      : signingSecret !== null
        ? { kind: 'http' as const, signingSecret }
        : null;
  if (botToken === null || mode === null) return null;
  return { botToken, mode, apiUrl: apiUrl.replace(/(?<!\/)\/*$/, '/') };
}

function readOnezone(variables: Variables, readFile: ReadFile): Config['onezone'] | null {
  const zoneUrl = variables.read('ONEZONE_URL', values.url);
  if (!variables.isSet('ONEZONE_URL')) variables.refuse('ONEZONE_URL is missing');
  const credentials = readCredentials(variables);
  const caFile = variables.read('ONEZONE_CA_FILE', values.certificates(readFile));
  const insecure = variables.read('ONEZONE_TLS_INSECURE', values.flag) ?? false;
  if (zoneUrl === null || credentials === null) return null;
  const ca = caFile === null ? {} : { ca: caFile };
  return { url: zoneUrl.replace(/(?<!\/)\/+$/, ''), credentials, ...ca, insecureTls: insecure };
}

function readCredentials(variables: Variables): Config['onezone']['credentials'] | null {
  const token = variables.readSecret('ONEZONE_TOKEN', values.word);
  const username = variables.read('ONEZONE_USERNAME', values.basicUser);
  const password = variables.readSecret('ONEZONE_PASSWORD', z.string());
  if (variables.isSet('ONEZONE_TOKEN')) return token === null ? null : { token };
  const missing = ['ONEZONE_USERNAME', 'ONEZONE_PASSWORD'].filter((name) => !variables.isSet(name));
  if (missing.length === 2) {
    variables.refuse('ONEZONE_TOKEN is missing (or set ONEZONE_USERNAME and ONEZONE_PASSWORD)');
  } else {
    for (const name of missing) variables.refuse(`${name} is missing`);
  }
  return username === null || password === null ? null : { username, password };
}

function readAddress(
  variables: Variables,
  host: 'HOST' | 'OPS_HOST',
  port: 'PORT' | 'OPS_PORT',
  defaults: { readonly host: string; readonly port: number },
): { readonly host: string; readonly port: number } {
  return {
    host: variables.read(host, values.hostName) ?? defaults.host,
    port: variables.read(port, values.portNumber) ?? defaults.port,
  };
}

function warningsOf(variables: Variables, { onezone }: Pick<Config, 'onezone'>): string[] {
  const isBoth =
    'token' in onezone.credentials &&
    (variables.isSet('ONEZONE_USERNAME') || variables.isSet('ONEZONE_PASSWORD'));
  return [
    ...(isBoth ? ['ONEZONE_TOKEN is used; ONEZONE_USERNAME and ONEZONE_PASSWORD are not'] : []),
    ...(onezone.insecureTls
      ? [
          'ONEZONE_TLS_INSECURE is true: whoever stands between the bot and Onezone can read its credentials; use ONEZONE_CA_FILE',
        ]
      : []),
  ];
}

/** Includes secrets that are set but not used. */
function secretsOf(
  { secrets }: Variables,
  { onezone: { credentials }, databaseUrl }: Pick<Config, 'onezone' | 'databaseUrl'>,
): string[] {
  const set = [...secrets].filter(([name]) => name !== 'DATABASE_URL').map(([, value]) => value);
  const basic =
    'token' in credentials
      ? []
      : [Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')];
  return [...set, ...basic, ...databaseSecrets(databaseUrl)];
}

/** Only the password, encoded and decoded: the rest of the URL is useful in a log. */
function databaseSecrets(databaseUrl: string): string[] {
  if (!URL.canParse(databaseUrl)) return [];
  const { password, searchParams } = new URL(databaseUrl);
  const all = [password, decoded(password), searchParams.get('password') ?? ''];
  return [...new Set(all)].filter((secret) => secret !== '');
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
