import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { policySchema } from '../../src/policy/schema.js';

const file = 'policy.schema.json';
const accepts = new Ajv({ strict: true, allErrors: true }).compile(policySchema());
const example = (): unknown => parse(readFileSync('policy.example.yml', 'utf8'));

describe('the JSON Schema for editors', () => {
  it('is the one in policy.schema.json; to write that anew: UPDATE=1 npx jest test/policy/schema.test.ts', () => {
    const prettier = ['node_modules/prettier/bin/prettier.cjs', '--stdin-filepath', file];
    const text = execFileSync(process.execPath, prettier, {
      input: JSON.stringify(policySchema()),
      encoding: 'utf8',
    });
    if (process.env['UPDATE'] === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('accepts the example', () => {
    expect(accepts(example())).toBe(true);
  });

  it.each<[unknown, string]>([
    [{ version: 1 }, 'no actions'],
    [{ version: 2, actions: {} }, 'another version'],
    [{ version: 1, actions: { grants: { may: [] } } }, 'an unknown action'],
    [
      { version: 1, actions: {}, accounts: { a: { username: 'env:A', password: 'pw' } } },
      'a password',
    ],
    [{ version: 1, actions: {}, grants: { durations: ['3 months'] } }, 'a duration that is none'],
    [{ version: 1, actions: {}, grants: { levels: ['all'] } }, 'an unknown level'],
    [{ version: 1, actions: {}, roles: { a: { users: ['@lena'] } } }, 'a name instead of an id'],
  ])('refuses %j: %s', (policy) => {
    expect(accepts(policy)).toBe(false);
  });

  it('is named in the first line of the example', () => {
    const [first] = readFileSync('policy.example.yml', 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=./policy.schema.json');
  });
});
