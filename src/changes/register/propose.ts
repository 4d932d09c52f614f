import { refusals } from '../../errors.js';
import { readAccount } from '../../policy/accounts.js';
import { registrars } from '../../registrars/index.js';
import { checkProxyEndpoint } from '../../registrars/proxy-endpoint.js';
import type { RegistrarField, RegistrarValues } from '../../registrars/registrar.js';
import { RegisterAsk } from '../../requests/register-ask.js';
import type { Services } from '../../services.js';
import { parseAsk } from '../parse-ask.js';

/** What was asked, with everything checked that Onezone itself does not check, and the credential read once. */
export async function proposeRegister(services: Services, values: unknown): Promise<RegisterAsk> {
  const ask = tidy(parseAsk(RegisterAsk, values));
  const problems = checkRegisterAsk(ask);
  if (Object.keys(problems).length > 0) throw refusals.badForm(problems);
  // Read now, so that a missing credential is said to whoever asks and not to nobody a week later.
  await readAccount(services.policy.current(), ask.account, services.secrets);
  return ask;
}

/** What is wrong, by field of the form; empty: nothing. */
export function checkRegisterAsk(typed: RegisterAsk): Readonly<Record<string, string>> {
  const ask = tidy(typed);
  const registrar = registrars[ask.registrar];
  return {
    ...problem('name', checkName(ask.name)),
    ...problem('proxyEndpoint', checkProxyEndpoint(ask.proxyEndpoint).problem),
    ...fieldProblems(registrar.fields, ask.properties),
    ...registrar.check(ask.properties),
  };
}

/** Decomposed letters are refused by Onezone, and white space around a name or an address is never meant. */
function tidy(ask: RegisterAsk): RegisterAsk {
  return {
    ...ask,
    name: ask.name.normalize('NFC').trim(),
    proxyEndpoint: ask.proxyEndpoint.trim(),
    properties: known(registrars[ask.registrar].fields, ask.properties),
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
