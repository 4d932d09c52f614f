import { checkPath, checkTemplate, checkUrl, warnOfUrl } from './checks.js';
import type { Registrar } from './registrar.js';

/** DataCite and other DOI agencies. Field names as in Onedata's documentation of `serviceProperties`. */
export const doi: Registrar = {
  type: 'DOI',
  label: 'DOI (DataCite)',
  about: 'Digital Object Identifiers, registered at DataCite or another DOI agency.',
  fields: [
    {
      kind: 'text',
      key: 'host',
      label: 'Registrar’s address',
      hint: 'For tests: https://mds.test.datacite.org',
      optional: false,
      check: checkUrl,
      warn: warnOfUrl,
    },
    {
      kind: 'text',
      key: 'prefix',
      label: 'DOI prefix',
      hint: 'What the registrar gave you, such as 10.5072',
      optional: false,
      check: checkDoiPrefix,
    },
    path('doiEndpoint', 'DOI endpoint', '/doi'),
    path('metadataEndpoint', 'Metadata endpoint', '/metadata'),
    path('mediaEndpoint', 'Media endpoint', '/media'),
    {
      kind: 'text',
      key: 'identifierTemplate',
      label: 'Identifier template',
      hint: 'Such as {{space.name}}-{{space.guid}}. Empty: the registrar’s default.',
      optional: true,
      check: checkTemplate,
    },
    {
      kind: 'flag',
      key: 'allowTemplateOverride',
      label: 'People may choose identifiers other than the template’s',
      hint: '',
    },
  ],
  check: () => ({}),
};

/** Must stay a string: Onezone accepts the number 10.5072, but then every later registration of an identifier fails. */
function checkDoiPrefix(value: string): string | null {
  return /^10\.\d{4,9}$/.test(value)
    ? null
    : 'A DOI prefix is “10.” and four to nine digits, such as 10.5072.';
}

function path(key: string, label: string, initial: string): Registrar['fields'][number] {
  return {
    kind: 'text',
    key,
    label,
    hint: `Path at the registrar’s address, usually ${initial}`,
    initial,
    optional: false,
    check: checkPath,
  };
}
