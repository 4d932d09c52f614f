import { type RegistrarType, registrars } from '../../registrars/index.js';
import { checkProxyEndpoint } from '../../registrars/proxy-endpoint.js';
import type { Registrar, RegistrarField, RegistrarValues } from '../../registrars/registrar.js';
import type { Problems } from '../form.js';
import type { RegisterAsk } from './ask.js';

/** What is wrong with what Onezone itself does not look at, by part of the ask. Empty: nothing. */
export function checkRegisterAsk(typed: RegisterAsk): Problems {
  const ask = tidy(typed);
  const registrar = registrarOf(ask.registrar);
  return {
    ...problem('name', checkName(ask.name)),
    ...problem('proxyEndpoint', checkProxyEndpoint(ask.proxyEndpoint).problem),
    ...fieldProblems(registrar.fields, ask.properties),
    ...registrar.check(ask.properties),
  };
}

const registrarOf = (type: RegistrarType): Registrar => registrars[type];

/** Decomposed letters are refused by Onezone, and white space around a name or an address is never meant. */
export function tidy(ask: RegisterAsk): RegisterAsk {
  return {
    ...ask,
    name: ask.name.normalize('NFC').trim(),
    proxyEndpoint: ask.proxyEndpoint.trim(),
    properties: known(registrarOf(ask.registrar).fields, ask.properties),
  };
}

/** Onezone's own rule since 21.02, to the letter; the client's words for what older ones refuse come later. */
const NAME = /^[()\p{L}\p{N}_][()\p{L}\p{N}_ .-]{0,126}[()\p{L}\p{N}_]$/u;

function checkName(name: string): string | null {
  return NAME.test(name)
    ? null
    : 'Use 2 to 128 letters, digits, brackets and underscores; dashes, dots and spaces only inside.';
}

/** Only fields of this registrar type, trimmed; empty optional ones are left out, so that Onezone stores no empty strings. */
function known(
  fields: readonly RegistrarField[],
  typed: RegistrarValues,
): Record<string, string | boolean> {
  const entries = fields.flatMap((field): [string, string | boolean][] => {
    const value = typed[field.key];
    if (field.kind === 'flag') return [[field.key, value === true]];
    const text = typeof value === 'string' ? value.trim() : '';
    return text === '' ? [] : [[field.key, text]];
  });
  return Object.fromEntries(entries);
}

function fieldProblems(
  fields: readonly RegistrarField[],
  values: RegistrarValues,
): Record<string, string> {
  const problems = fields.flatMap((field) =>
    Object.entries(fieldProblem(field, values[field.key])),
  );
  return Object.fromEntries(problems);
}

function fieldProblem(
  field: RegistrarField,
  value: string | boolean | undefined,
): Record<string, string> {
  if (field.kind === 'flag') return {};
  if (typeof value === 'string') return problem(field.key, field.check(value));
  return field.optional ? {} : problem(field.key, 'This is needed.');
}

const problem = (key: string, sentence: string | null): Record<string, string> =>
  sentence === null ? {} : { [key]: sentence };
