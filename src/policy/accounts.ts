import { refusals } from '../errors.js';
import type { Policy } from '../requests/policy.js';

export interface AccountDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => Promise<string>;
  /** Told every password that is read, plain and as Basic credentials: a file may have been exchanged since the start. */
  readonly hide?: (secret: string) => void;
}

export interface Account {
  readonly username: string;
  readonly password: string;
}

/** Not cached, as files can be replaced while the bot runs. Throws `refusals.accountMissing`. */
export async function readAccount(
  policy: Policy,
  name: string,
  deps: AccountDeps,
): Promise<Account> {
  const account = Object.hasOwn(policy.accounts, name) ? policy.accounts[name] : undefined;
  if (account === undefined) throw refusals.accountMissing(name);
  const username = await resolve(account.username, deps);
  const password = await resolve(account.password, deps);
  if (username === null || password === null) throw refusals.accountMissing(name);
  for (const secret of secretsOf(username, password)) deps.hide?.(secret);
  return { username, password };
}

/**
 * Every password that can be read now, plain and as HTTP Basic credentials, for redaction. User names alone are not
 * redacted: many are common words, such as `admin`.
 */
export async function accountSecrets(
  policy: Policy,
  deps: AccountDeps,
): Promise<readonly string[]> {
  const all = await Promise.all(
    Object.values(policy.accounts).map(async (account) => {
      const username = await resolve(account.username, deps);
      const password = await resolve(account.password, deps);
      if (password === null) return [];
      return secretsOf(username ?? '', password);
    }),
  );
  return [...new Set(all.flat())];
}

const secretsOf = (username: string, password: string): readonly string[] => [
  password,
  Buffer.from(`${username}:${password}`).toString('base64'),
];

/** null: missing, empty or unreadable. */
async function resolve(reference: string, { env, readFile }: AccountDeps): Promise<string | null> {
  if (reference.startsWith('env:')) return env[reference.slice('env:'.length)] || null;
  try {
    const text = await readFile(reference.slice('file:'.length));
    return text.replace(/\r?\n$/, '') || null;
  } catch {
    return null;
  }
}
