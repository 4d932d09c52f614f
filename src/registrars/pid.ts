import { checkTemplate, checkUrl, warnOfUrl } from './checks.js';
import type { Registrar } from './registrar.js';

/** Handle.net, ePIC, B2HANDLE. Field names as in Onedata's documentation of `serviceProperties`. */
export const pid: Registrar = {
  type: 'PID',
  label: 'PID (ePIC, B2HANDLE, Handle.net)',
  about: 'Persistent identifiers of the Handle system.',
  fields: [
    {
      kind: 'text',
      key: 'endpoint',
      label: 'Handle server’s API',
      hint: 'Such as https://hdl.grnet.gr:8001/api/handles',
      optional: false,
      check: checkUrl,
      warn: warnOfUrl,
    },
    {
      kind: 'text',
      key: 'prefix',
      label: 'Handle prefix',
      hint: 'What the registrar gave you, such as 21.T15999',
      optional: false,
      check: checkHandlePrefix,
    },
    {
      kind: 'flag',
      key: 'autoSuffixGeneration',
      label: 'The registrar makes up the suffix',
      hint: 'Identifiers look like PREFIX/UUID',
    },
    suffix('suffixPrefix', 'Text before each suffix'),
    suffix('suffixSuffix', 'Text after each suffix'),
    {
      kind: 'text',
      key: 'identifierTemplate',
      label: 'Identifier template',
      hint: 'Only where the registrar does not make up the suffix.',
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
  check: (values) =>
    values['autoSuffixGeneration'] === true && values['identifierTemplate'] !== undefined
      ? { identifierTemplate: 'A template is of no use while the registrar makes up the suffix.' }
      : {},
};

function checkHandlePrefix(value: string): string | null {
  return /^\d+(\.[A-Za-z0-9]+)*$/.test(value)
    ? null
    : 'A Handle prefix is numbers and dots, such as 11148 or 21.T15999.';
}

function suffix(key: string, label: string): Registrar['fields'][number] {
  return {
    kind: 'text',
    key,
    label,
    hint: 'Letters, digits, dots and dashes',
    optional: true,
    check: (value) =>
      /^[A-Za-z0-9._-]*$/.test(value) ? null : 'Use letters, digits, dots, dashes and underscores.',
  };
}
