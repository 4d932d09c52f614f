import { describe, expect, it } from '@jest/globals';
import { refusals } from '../../src/errors.js';
import { accountSecrets, readAccount } from '../../src/policy/accounts.js';
import { parsePolicy } from '../../src/policy/parse.js';

const { policy } = parsePolicy(`
version: 1
actions: {}
accounts:
  datacite: { username: "env:DC_USER", password: "file:/run/secrets/dc" }
  epic: { username: "file:/run/secrets/epic-user", password: "env:EPIC_PW" }
  lost: { username: "env:DC_USER", password: "file:/nowhere" }
  empty: { username: "env:DC_USER", password: "env:EMPTY" }
  nameless: { username: "env:EMPTY", password: "env:EPIC_PW" }
`);

const files: Readonly<Record<string, string>> = {
  '/run/secrets/dc': ' canary pw \n',
  '/run/secrets/epic-user': 'handle-user\r\n',
};
const deps = {
  env: { DC_USER: 'DC.TEST', EPIC_PW: 'canary-epic', EMPTY: '' },
  readFile: (path: string): Promise<string> => {
    const text = files[path];
    return text === undefined ? Promise.reject(new Error('ENOENT')) : Promise.resolve(text);
  },
};

describe('readAccount', () => {
  it('reads what the references stand for, without the last line break of a file', async () => {
    await expect(readAccount(policy, 'datacite', deps)).resolves.toEqual({
      username: 'DC.TEST',
      password: ' canary pw ',
    });
    await expect(readAccount(policy, 'epic', deps)).resolves.toEqual({
      username: 'handle-user',
      password: 'canary-epic',
    });
  });

  it.each(['lost', 'empty', 'nameless', 'unknown', 'constructor', '__proto__'])(
    'refuses the account “%s”, of which something is missing',
    async (name) => {
      await expect(readAccount(policy, name, deps)).rejects.toEqual(refusals.accountMissing(name));
    },
  );
});

describe('accountSecrets', () => {
  it('has every password that can be read, alone and as HTTP Basic sends it', async () => {
    const basic = (text: string): string => Buffer.from(text).toString('base64');
    await expect(accountSecrets(policy, deps)).resolves.toEqual([
      ' canary pw ',
      basic('DC.TEST: canary pw '),
      'canary-epic',
      basic('handle-user:canary-epic'),
      basic(':canary-epic'),
    ]);
  });
});
