import { refusals } from '../../errors.js';
import { bold, mrkdwn } from '../../markup/markup.js';
import { registrars, type RegistrarType, RegistrarTypeSchema } from '../../registrars/index.js';
import type { Registrar, RegistrarField } from '../../registrars/registrar.js';
import {
  type Field,
  type Form,
  type FormValues,
  type Prefill,
  textOf,
  type TypedWords,
} from '../form.js';
import { quotable } from '../from-words.js';
import { splitReason } from '../../words/reason.js';
import type { RegisterAsk } from './ask.js';
import { tidy, warningsOf } from './check.js';

/** What the form opens with. */
const DEFAULT_TYPE: RegistrarType = 'DOI';

/** The form reshapes itself by registrar type. Keys carry the type, or Slack would keep what was typed into a field of the other. */
export const registerForm: Form = {
  title: 'Register a service',
  submit: 'Register',
  fields: (services, { values }) => {
    const accounts = Object.keys(services.policy.current().accounts);
    if (accounts.length === 0) throw refusals.noAccounts();
    const type = typeOf(values);
    const registrar: Registrar = registrars[type];
    return Promise.resolve([
      {
        kind: 'choice',
        as: 'menu',
        key: 'registrar',
        label: 'Registrar type',
        hint: registrar.about,
        reshapes: true,
        options: Object.entries(registrars).map(([value, { label: text }]) => ({ value, text })),
      },
      {
        kind: 'line',
        key: 'name',
        label: 'Name',
        hint: 'As people will see it, such as MyCommunity Handle service',
      },
      {
        kind: 'line',
        key: 'proxyEndpoint',
        label: 'Handle proxy',
        hint: 'Where Onezone finds the proxy, such as https://hps.example.org/api/v1',
      },
      {
        kind: 'choice',
        as: 'menu',
        key: 'account',
        label: 'Registrar account',
        hint: 'User name and password are read by the desk from where the policy file says. They are never typed into Slack.',
        options: accounts.map((account) => ({ value: account, text: account })),
      },
      ...registrar.fields.map((field) => toField(type, field)),
    ]);
  },
  notes: ({ values }) => warningsOf(tidy(askOf(values))).map((warning) => `:warning: ${warning}`),
  toAsk: askOf,
  fieldOf: (part, values) => {
    const type = typeOf(values);
    const registrar: Registrar = registrars[type];
    return registrar.fields.some(({ key }) => key === part) ? fieldKey(type, part) : part;
  },
  fromWords: (_, typed) => Promise.resolve(nameFromWords(typed)),
};

/** All of it is the name, which has words of every kind in it, but for what introduces it and for why. */
function nameFromWords({ people, rest }: TypedWords): Prefill {
  const { asked, reason } = splitReason(rest);
  const [, name = asked] =
    /^(?:an? |the )?(?:new )?(?:handle )?service (?:called |named )(.+)$/iu.exec(asked) ?? [];
  return {
    values: { ...(name === '' ? {} : { name }), ...(reason === '' ? {} : { reason }) },
    said: [
      ...(name === '' ? [] : [bold(name)]),
      ...(reason === '' ? [] : [mrkdwn`“${quotable(reason)}”`]),
    ],
    ...(people.length === 0 ? {} : { notice: 'This form has no place for the people.' }),
  };
}

function askOf(values: FormValues): RegisterAsk {
  const type = typeOf(values);
  const registrar: Registrar = registrars[type];
  const properties = registrar.fields.map(({ key, kind }) => {
    const value = values[fieldKey(type, key)];
    return [key, kind === 'flag' ? value === true : textOf(value)] as const;
  });
  return {
    registrar: type,
    name: textOf(values['name']),
    proxyEndpoint: textOf(values['proxyEndpoint']),
    account: textOf(values['account']),
    properties: Object.fromEntries(properties),
  };
}

const fieldKey = (type: RegistrarType, key: string): string => `${type}.${key}`;

const typeOf = (values: FormValues): RegistrarType =>
  RegistrarTypeSchema.safeParse(textOf(values['registrar'])).data ?? DEFAULT_TYPE;

function toField(type: RegistrarType, field: RegistrarField): Field {
  const key = fieldKey(type, field.key);
  const { label, hint } = field;
  if (field.kind === 'flag') {
    const about = hint === '' ? {} : { about: hint };
    return { kind: 'flag', key, label: 'Options', text: label, ...about, optional: true };
  }
  const initial = field.initial === undefined ? {} : { initial: field.initial };
  return { kind: 'line', key, label, hint, optional: field.optional, ...initial };
}
