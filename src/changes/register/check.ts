import { codePoints } from '../../markup/cut.js';
import { unshownIn } from '../../markup/clean.js';
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
    ...problem('proxyEndpoint', checkProxy(ask.proxyEndpoint)),
    ...fieldProblems(registrar.fields, ask.properties),
    ...registrar.check(ask.properties),
  };
}

const registrarOf = (type: RegistrarType): Registrar => registrars[type];

/** What it means for the registrar's password, the worst first. */
export function warningsOf({
  registrar,
  proxyEndpoint,
  properties,
}: Pick<RegisterAsk, 'registrar' | 'proxyEndpoint' | 'properties'>): readonly string[] {
  const { warning } = checkProxyEndpoint(proxyEndpoint);
  const others = registrarOf(registrar).fields.map((field) => {
    const value = properties[field.key];
    return field.kind === 'text' && typeof value === 'string'
      ? (field.warn?.(value) ?? null)
      : null;
  });
  return [warning, ...others].filter((said) => said !== null);
}

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
  const unfit = checkLine(name);
  if (unfit !== null) return unfit;
  return NAME.test(name)
    ? null
    : 'Use 2 to 128 letters, digits, brackets and underscores; dashes, dots and spaces only inside.';
}

const checkProxy = (value: string): string | null =>
  checkLine(value) ?? checkProxyEndpoint(value).problem;

/** All of them together fit into the message in which somebody agrees to them. */
const MAX_LENGTH = 512;

/** Onezone is sent what was typed, so whoever agrees must see all of it and nothing else. */
function checkLine(value: string): string | null {
  const unshown = unshownIn(value);
  if (unshown !== null) {
    return `Leave out ${unshown}: whoever has to agree would not see what is sent.`;
  }
  return codePoints(value) > MAX_LENGTH ? `Use at most ${MAX_LENGTH} characters.` : null;
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
  if (typeof value === 'string') {
    return problem(field.key, checkLine(value) ?? field.check(value));
  }
  return field.optional ? {} : problem(field.key, 'This is needed.');
}

const problem = (key: string, sentence: string | null): Record<string, string> =>
  sentence === null ? {} : { [key]: sentence };
