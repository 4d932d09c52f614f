import { readFileSync } from 'node:fs';
import { type Config, loadOnezone } from '../../config.js';
import { basicUser, url as Address, word } from '../../environment/values.js';
import type { Environment } from '../../environment/variables.js';
import type { TokenMaker } from '../../onezone/new-token.js';
import type { Credentials } from '../../onezone/onezone.js';
import { type Ask, answered, WrongAnswer } from './ask.js';
import type { Flags } from './flags.js';
import { tryOnezone } from './in-onezone.js';
import { shaped } from './shaped.js';

export interface OnezoneAnswers {
  readonly url: string;
  readonly credentials: Credentials;
  /** The token that was given; empty for a password. */
  readonly token: string;
  /** To be closed. */
  readonly maker: TokenMaker;
}

export async function askOnezone(
  ask: Ask,
  flags: Flags,
  env: Environment,
): Promise<OnezoneAnswers> {
  const url = await answered(
    ask,
    { flag: '--onezone-url', message: 'Address of the zone, such as https://onezone.example.org' },
    {
      given: flags.onezoneUrl ?? (env['ONEZONE_URL'] || undefined),
      check: (text) => Promise.resolve(shaped(Address, text).replace(/(?<!\/)\/+$/, '')),
    },
  );
  let given = givenIn(env);
  for (;;) {
    const credentials = given ?? (await askCredentials(ask));
    try {
      const maker = await tryOnezone(configOf(url, credentials, env));
      const { version, model, me } = maker.zone;
      ask.say(`Onezone ${version}: ${me.username ?? me.id}, as ${model}.`);
      return { url, credentials, token: 'token' in credentials ? credentials.token : '', maker };
    } catch (error) {
      if (!(error instanceof WrongAnswer) || !ask.isPerson) throw error;
      ask.warn(error.message);
      given = null;
    }
  }
}

/** The other settings of the connection, such as a private authority, come from the environment. */
function configOf(url: string, credentials: Credentials, env: Environment): Config['onezone'] {
  const given =
    'token' in credentials
      ? { ONEZONE_TOKEN: credentials.token }
      : { ONEZONE_USERNAME: credentials.username, ONEZONE_PASSWORD: credentials.password };
  const { ONEZONE_CA_FILE, ONEZONE_TLS_INSECURE } = env;
  const rest = { ONEZONE_CA_FILE, ONEZONE_TLS_INSECURE };
  return loadOnezone({ ...rest, ONEZONE_URL: url, ...given }, (path) => readFileSync(path, 'utf8'));
}

function givenIn(env: Environment): Credentials | null {
  const { ONEZONE_TOKEN: token, ONEZONE_USERNAME: username, ONEZONE_PASSWORD: password } = env;
  // A password makes a new token, so whoever gives one wants that.
  if (username && password) return { username, password };
  return token ? { token } : null;
}

async function askCredentials(ask: Ask): Promise<Credentials> {
  if (!ask.isPerson) {
    throw new WrongAnswer('ONEZONE_TOKEN is missing (or ONEZONE_USERNAME and ONEZONE_PASSWORD).');
  }
  const how = await ask.choose('With what does the desk log in to Onezone?', [
    { value: 'token', label: 'An access token, which is narrowed to what the desk does' },
    { value: 'password', label: 'User name and password, with which such a token is made' },
  ]);
  const secret = async (flag: string, message: string): Promise<string> =>
    ask.text({ flag, message, secret: true });
  if (how === 'token') {
    return { token: shaped(word, await secret('ONEZONE_TOKEN', 'Access token')) };
  }
  const username = shaped(
    basicUser,
    await ask.text({ flag: 'ONEZONE_USERNAME', message: 'User name' }),
  );
  return { username, password: await secret('ONEZONE_PASSWORD', 'Password') };
}
