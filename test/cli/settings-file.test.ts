import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  differences,
  hasSetting,
  withoutSettings,
  withSettings,
} from '../../src/cli/settings-file.js';

const isSecret = (name: string): boolean => name === 'ONEZONE_TOKEN';

describe('a settings file', () => {
  it('keeps what a person wrote, and sets a name where it stands, where it stood, or at the end', () => {
    const before = '# mine\nA=1\n#B=\nDATACITE_USER=me\n';
    expect(withSettings(before, { A: '2', B: 'x', C: 'two words' })).toBe(
      "# mine\nA=2\nB=x\nDATACITE_USER=me\nC='two words'\n",
    );
    expect(withoutSettings('ONEZONE_PASSWORD=secret\nA=1\n', ['ONEZONE_PASSWORD'])).toBe(
      '#ONEZONE_PASSWORD=\nA=1\n',
    );
  });

  it('is read by Node as it was meant, whatever a secret looks like', () => {
    const value = fc
      .stringMatching(/^[\x21-\x7e]{1,60}$/)
      .filter((text) => !["'", '"', '`'].every((sign) => text.includes(sign)));
    fc.assert(
      fc.property(value, (secret) => {
        const text = withSettings('#ONEZONE_TOKEN=\nOTHER=1\n', { ONEZONE_TOKEN: secret });
        expect(parseEnv(text)).toEqual({ ONEZONE_TOKEN: secret, OTHER: '1' });
        expect(withSettings(text, { ONEZONE_TOKEN: secret })).toBe(text);
      }),
    );
  });

  it('holds a name once: what Node’s reader would take besides is gone', () => {
    const before = 'export ONEZONE_TOKEN=old\nA=1\n ONEZONE_TOKEN = older\n';
    expect(hasSetting(before, 'ONEZONE_TOKEN')).toBe(true);
    const after = withSettings(before, { ONEZONE_TOKEN: 'new' });
    expect(parseEnv(after)).toEqual({ ONEZONE_TOKEN: 'new', A: '1' });
    expect(parseEnv(withoutSettings(before, ['ONEZONE_TOKEN']))).toEqual({ A: '1' });
    expect(hasSetting('ONEZONE_TOKEN=\n#ONEZONE_TOKEN=x\n', 'ONEZONE_TOKEN')).toBe(false);
  });

  it('is compared without showing a secret, old or new', () => {
    expect(
      differences('A=1\nONEZONE_TOKEN=old-canary\n', 'A=2\nONEZONE_TOKEN=new-canary\n', isSecret),
    ).toEqual(['- A=1', '- ONEZONE_TOKEN=(secret)', '+ A=2', '+ ONEZONE_TOKEN=(secret)']);
    expect(differences('A=1\n', 'A=1\n', isSecret)).toEqual([]);
  });
});
