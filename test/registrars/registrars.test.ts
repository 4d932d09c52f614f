import { describe, expect, it } from '@jest/globals';
import { registrars, RegistrarTypeSchema } from '../../src/registrars/index.js';
import { hiddenHost, readAddress } from '../../src/registrars/address.js';
import { checkProxyEndpoint } from '../../src/registrars/proxy-endpoint.js';

const SCHEME = 'The address has to begin with “https://” or “http://”, in lower case.';

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

  it('takes a host for that of Onezone only where it is', () => {
    for (const host of ['127.evil.example', 'localhost.evil.example', '1270.0.0.1.example']) {
      expect(checkProxyEndpoint(`http://${host}/api`).warning).toContain(`to ${host}, readable`);
    }
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      expect(checkProxyEndpoint(`${host}:80/api`).warning).toContain('to the Onezone host itself');
    }
  });

  it.each([
    ['', 'Enter a full address, such as “https://hps.example.org/api/v1”.'],
    ['ftp://hps.example.org', SCHEME],
    ['HTTPS://hps.example.org', SCHEME],
    ['https://hps.example.org/api/', 'Leave out the slash at the end: Onezone adds its own.'],
  ])('refuses %j', (value, sentence) => {
    expect(checkProxyEndpoint(value).problem).toBe(sentence);
  });
});

describe('every address', () => {
  const ENTER = 'Enter a full address, such as “https://x.example”.';
  const AT = 'Leave out “@”: user name and password come from the registrar account.';
  const BACK = 'Leave backslashes out of the address.';
  const MORE = 'Leave out of the address what begins with “?” or “#”.';
  const TWICE = 'Leave out doubled slashes.';
  const DOTS = 'Leave out “.” and “..” between slashes: they lead to another path.';
  const PERCENT = 'Leave out percent signs: they can hide another path.';
  const means = (host: string) => `Write the host as “${host}”, which is what this means.`;

  it.each([
    ['//evil.example', ENTER],
    ['https:///evil.example', ENTER],
    ['https:evil.example', ENTER],
    ['javascript:alert(1)', ENTER],
    ['file://evil.example/etc', SCHEME],
    ['https://a.example:99999', ENTER],
    ['https://a.example:0', ENTER],
    ['https://a.example:', ENTER],
    ['https://..', ENTER],
    ['https://a..example', ENTER],
    ['https://a.example%2f.evil.example', ENTER],
    [`https://${'ж'.repeat(300)}.example`, ENTER],
    ['https://me:secret@a.example', AT],
    ['https://a.example/@evil.example', AT],
    ['https://a.example\\evil.example', BACK],
    ['https://a.example/?x=1', MORE],
    ['https://a.example/#x', MORE],
    ['https://a.example /x', 'Leave white space out of the address.'],
    ['https://a.example//evil.example', TWICE],
    ['https://a.example/api/../evil', DOTS],
    ['https://a.example/./api', DOTS],
    ['https://a.example/..', DOTS],
    ['https://a.example/%2e%2e/evil', PERCENT],
    ['https://a.example/%252e%252e/evil', PERCENT],
    [
      'https://a.example/a;b',
      'Use letters, digits, dots, dashes, underscores and tildes between the slashes.',
    ],
    ['https://0x7f.1/api', means('127.0.0.1')],
    ['https://2130706433/api', means('127.0.0.1')],
    ['https://ｅvil.example/api', means('evil.example')],
    ['https://[0:0::1]/api', means('[::1]')],
  ])('%j is refused', (value, problem) => {
    expect(readAddress(value, 'https://x.example')).toEqual({ problem });
  });

  it.each([
    ['https://a.example', 'https', 'a.example'],
    ['http://A.example:8080/api/v1/', 'http', 'a.example'],
    ['hps_1:8080/~x/handle-proxy.v1', null, 'hps_1'],
    ['https://[::1]:8443/api', 'https', '[::1]'],
    ['https://dаtacite.org', 'https', 'xn--dtacite-2fg.org'],
  ])('%j is taken', (value, scheme, host) => {
    expect(readAddress(value, '')).toEqual({ scheme, host });
  });

  it('is shown with its host in ASCII where that is another than what is read', () => {
    expect(hiddenHost('https://dаtacite.org/x')).toBe('xn--dtacite-2fg.org');
    expect(hiddenHost('dаtacite.org')).toBe('xn--dtacite-2fg.org');
    for (const plain of ['https://datacite.org', 'localhost:80/x', '/doi', '{{space.name}}', '']) {
      expect(hiddenHost(plain)).toBeNull();
    }
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
