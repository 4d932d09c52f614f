import type { KnownBlock, ModalView } from '@slack/types';
import { registrars } from '../../../registrars/index.js';
import { checkProxyEndpoint } from '../../../registrars/proxy-endpoint.js';
import type { Registrar, RegistrarField } from '../../../registrars/registrar.js';
import type { RegisterAsk } from '../../../requests/register-ask.js';
import { context, input } from '../render/blocks.js';
import { option, plainText } from '../render/elements.js';
import { limits } from '../render/limits.js';
import { mrkdwn, sentence } from '../../../markup/markup.js';
import { modal } from '../render/whole.js';
import { noticeAbove, problemBelow } from './said.js';
import { type FormState, readState } from './state.js';
import { recalled, remembered, type TypedFields } from './typed-fields.js';

export const REGISTER_FORM = 'register_form';
/** Choosing the registrar type draws the form anew. */
export const REGISTRAR_PICK = 'registrar_pick';

/** What the form starts with, and what was typed so far. */
export type RegisterFormValues = Partial<Omit<RegisterAsk, 'properties'>> & {
  readonly fields?: TypedFields;
};

export interface RegisterFormNotes {
  readonly notice?: string;
  readonly problems?: Readonly<Record<string, string>>;
  readonly rule?: string;
}

export function registerForm(
  accounts: readonly string[],
  values: RegisterFormValues,
  notes: RegisterFormNotes = {},
): ModalView {
  const registrar = registrars[values.registrar ?? 'DOI'];
  const problems = notes.problems ?? {};
  const field = (key: string, block: KnownBlock): KnownBlock[] => [
    block,
    ...problemBelow(problems[key]),
  ];
  const warning = checkProxyEndpoint(values.proxyEndpoint ?? 'https://x').warning;
  return modal({
    callback: REGISTER_FORM,
    close: 'Cancel',
    metadata: remembered(values.fields ?? {}),
    title: 'Register a service',
    submit: 'Register',
    blocks: [
      ...noticeAbove(notes.notice),
      registrarPick(registrar),
      ...field(
        'name',
        line(
          'name',
          'Name',
          values.name,
          'As people will see it, such as MyCommunity Handle service',
        ),
      ),
      ...field(
        'proxyEndpoint',
        line(
          'proxyEndpoint',
          'Handle proxy',
          values.proxyEndpoint,
          'Where Onezone finds the proxy, such as https://hps.example.org/api/v1',
        ),
      ),
      ...(warning === null ? [] : [context(mrkdwn`:warning: ${warning}`)]),
      ...field('account', accountPick(accounts, values.account)),
      ...registrar.fields.flatMap((it) => field(it.key, registrarInput(registrar, it, values))),
      ...field('reason', {
        ...line('reason', 'Why', values.reason, 'Whoever has to agree sees this.'),
        optional: true,
      }),
      ...(notes.rule === undefined ? [] : [context(mrkdwn`${sentence(notes.rule)}`)]),
    ],
  });
}

/** Block ids carry the registrar type, or Slack would keep what was typed into a field of the other type. */
const blockId = (registrar: Registrar, key: string): string => `${registrar.type}.${key}`;

/** What the form holds. Nothing is checked here. */
export function readRegisterForm(state: unknown): RegisterAsk {
  const form = readState(state);
  const type = form.choice('registrar')?.value === 'PID' ? 'PID' : 'DOI';
  const registrar = registrars[type];
  const properties = registrar.fields.map((it) => [it.key, read(form, registrar, it)] as const);
  return {
    registrar: type,
    name: form.text('name'),
    proxyEndpoint: form.text('proxyEndpoint'),
    account: form.choice('account')?.value ?? '',
    reason: form.text('reason'),
    properties: Object.fromEntries(properties),
  };
}

/** All that a form holds that has to be drawn again. Fields of the type that is not shown are in the metadata. */
export function typedInto(view: {
  readonly state?: unknown;
  readonly private_metadata: string;
}): RegisterFormValues {
  const { registrar, name, proxyEndpoint, account, reason } = readRegisterForm(view.state);
  const form = readState(view.state);
  const shown = Object.values(registrars).flatMap((type) =>
    type.fields
      .filter((it) => form.has(blockId(type, it.key)))
      .map((it) => [blockId(type, it.key), read(form, type, it)] as const),
  );
  const fields = { ...recalled(view.private_metadata), ...Object.fromEntries(shown) };
  return { registrar, name, proxyEndpoint, account, reason, fields };
}

/** Which block shows a problem with this part of the ask. */
export function registerBlockOf(type: RegisterAsk['registrar'], field: string): string {
  const registrar = registrars[type];
  return registrar.fields.some((it) => it.key === field) ? blockId(registrar, field) : field;
}

function read(form: FormState, registrar: Registrar, field: RegistrarField): string | boolean {
  const block = blockId(registrar, field.key);
  return field.kind === 'flag' ? form.ticked(block).length > 0 : form.text(block);
}

function registrarPick(registrar: Registrar): KnownBlock {
  const options = Object.values(registrars).map((it) => option({ text: it.label, value: it.type }));
  const initial = options.find((it) => it.value === registrar.type);
  return {
    ...input({
      block: 'registrar',
      label: 'Registrar type',
      hint: registrar.about,
      element: {
        type: 'static_select',
        action_id: REGISTRAR_PICK,
        options,
        ...(initial === undefined ? {} : { initial_option: initial }),
      },
    }),
    dispatch_action: true,
  };
}

function line(block: string, label: string, value: string | undefined, hint: string) {
  return input({
    block,
    label,
    ...(hint === '' ? {} : { hint }),
    element: {
      type: 'plain_text_input',
      action_id: 'text',
      max_length: limits.inputText,
      ...(value === undefined || value === '' ? {} : { initial_value: value }),
    },
  });
}

function accountPick(accounts: readonly string[], account: string | undefined): KnownBlock {
  const options = accounts.slice(0, 100).map((it) => option({ text: it, value: it }));
  const initial = options.find((it) => it.value === account) ?? options[0];
  return input({
    block: 'account',
    label: 'Registrar account',
    hint: 'User name and password are read by the desk from where the policy file says. They are never typed into Slack.',
    element: {
      type: 'static_select',
      action_id: 'account_pick',
      placeholder: plainText('Choose an account', limits.placeholder),
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  });
}

function registrarInput(
  registrar: Registrar,
  field: RegistrarField,
  values: RegisterFormValues,
): KnownBlock {
  const block = blockId(registrar, field.key);
  const value = values.fields?.[block];
  if (field.kind === 'flag') return flag(block, field, value === true);
  const initial = typeof value === 'string' ? value : field.initial;
  return { ...line(block, field.label, initial, field.hint), optional: field.optional };
}

function flag(block: string, field: RegistrarField, on: boolean): KnownBlock {
  const choice = option({
    text: field.label,
    value: 'yes',
    ...(field.hint === '' ? {} : { description: field.hint }),
  });
  return input({
    block,
    label: 'Options',
    optional: true,
    element: {
      type: 'checkboxes',
      action_id: 'flag',
      options: [choice],
      ...(on ? { initial_options: [choice] } : {}),
    },
  });
}
