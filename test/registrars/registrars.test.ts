import { describe, expect, it } from '@jest/globals';
import { registrars, RegistrarTypeSchema } from '../../src/registrars/index.js';
import { checkProxyEndpoint } from '../../src/registrars/proxy-endpoint.js';

describe('proxy endpoint', () => {
  it('accepts the one of Onedata’s own example and says that the password travels in clear text to the Onezone host', () => {
    expect(checkProxyEndpoint('localhost:17000/handle_proxy')).toEqual({
      problem: null,
      warning:
        'The address has no https: with each identifier, Onezone will send the registrar password in clear text to the Onezone host itself (localhost is that host, seen from Onezone).',
    });
  });

  it('names the host that would read along', () => {
    expect(checkProxyEndpoint('172.17.0.9:8080/api/v1').warning).toContain(
      'to 172.17.0.9, readable',
    );
    expect(checkProxyEndpoint('http://hps.example.org/api/v1').warning).toContain(
      'hps.example.org',
    );
  });

  it('has nothing to say about https', () => {
    expect(checkProxyEndpoint('https://hps.example.org/api/v1')).toEqual({
      problem: null,
      warning: null,
    });
  });

  it.each([
    ['', 'Enter the handle proxy'],
    ['not an address', 'Enter the handle proxy'],
    ['ftp://hps.example.org', 'Enter the handle proxy'],
    ['HTTPS://hps.example.org', 'lower-case'],
    ['https://u:p@hps.example.org/api', 'Leave user name and password out'],
    ['https://hps.example.org/api/', 'Leave out the slash'],
  ])('refuses %j', (value, sentence) => {
    expect(checkProxyEndpoint(value).problem).toContain(sentence);
  });
});

describe('the table', () => {
  it('has each type under its own name', () => {
    const types = Object.values(registrars).map(({ type }) => type);
    expect(types).toEqual(Object.keys(registrars));
  });

  it('gives the types that may be asked for', () => {
    expect(RegistrarTypeSchema.options).toEqual(['DOI', 'PID']);
    expect(RegistrarTypeSchema.safeParse('toString').success).toBe(false);
  });
});

describe('DOI', () => {
  const prefix = registrars.DOI.fields.find((it) => it.key === 'prefix');
  it.each(['10.5072', '10.123456789'])('takes the prefix %s', (value) => {
    expect(prefix?.kind === 'text' && prefix.check(value)).toBeNull();
  });
  it.each(['10.507', '10.1234567890', '10,5072', '11.5072', '10.5072/', ' 10.5072'])(
    'refuses the prefix %j',
    (value) => {
      expect(prefix?.kind === 'text' && prefix.check(value)).toBe(
        'A DOI prefix is “10.” and four to nine digits, such as 10.5072.',
      );
    },
  );
});

describe('PID', () => {
  const prefix = registrars.PID.fields.find((it) => it.key === 'prefix');
  it.each(['21.T15999', '11148'])('takes the prefix %s', (value) => {
    expect(prefix?.kind === 'text' && prefix.check(value)).toBeNull();
  });
  it('refuses a template where the registrar makes up the suffix', () => {
    expect(
      registrars.PID.check({ autoSuffixGeneration: true, identifierTemplate: '{{space.name}}' }),
    ).toEqual({
      identifierTemplate: 'A template is of no use while the registrar makes up the suffix.',
    });
  });
});
