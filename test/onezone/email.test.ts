import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseEmail } from '../../src/onezone/email.js';

describe('an e-mail address', () => {
  it.each([
    ['Lena.Kowalska@Example.org', 'lena.kowalska@example.org'],
    ['John.R.Doe@gmail.com', 'johnrdoe@gmail.com'],
    ['John.Doe@GMAIL.com', 'johndoe@gmail.com'],
    [' lena@example.org ', 'lena@example.org'],
    ['a.b@notgmail.com', 'a.b@notgmail.com'],
    ['a.b@gmail.com.example.org', 'a.b@gmail.com.example.org'],
    ['a.b+dois@example.org', 'a.b+dois@example.org'],
    ['"a.b@gmail.com"@example.org', '"a.b@gmail.com"@example.org'],
    ['no address', 'no address'],
    ['', ''],
  ])('%j becomes %j', (address, normal) => {
    expect(normaliseEmail(address)).toBe(normal);
  });

  it('is left alone when it is normal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' })), (address) => {
        expect(normaliseEmail(normaliseEmail(address))).toBe(normaliseEmail(address));
      }),
    );
  });

  it('meets the one that Onezone stores, whose dots are gone but whose case is not', () => {
    const local = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.]{0,20}[A-Za-z]$/);
    fc.assert(
      fc.property(local, (name) => {
        const stored = `${name.replaceAll('.', '')}@gmail.com`;
        expect(normaliseEmail(`${name}@gmail.com`)).toBe(normaliseEmail(stored));
      }),
    );
  });

  it('keeps the dots of every other provider', () => {
    const address = fc.emailAddress().filter((email) => !/@gmail\.com$/i.test(email));
    fc.assert(
      fc.property(address, (email) => {
        expect(normaliseEmail(email)).toBe(email.toLowerCase());
      }),
    );
  });
});
