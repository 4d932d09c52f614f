import type { InputBlockElement } from '@slack/types';
import { type Chosen, type Field, type FormValue, listOf, textOf } from '../../../changes/form.js';
import { option, textInput } from '../render/inputs.js';
import { limits } from '../render/limits.js';
import { plainText } from '../render/text.js';
import { ONEZONE_PICK, SERVICE_PICK } from './form-ids.js';

/** Slack takes no more in one menu. */
const MAX_OPTIONS = 100;

type FieldOf<Kind extends Field['kind']> = Extract<Field, { kind: Kind }>;

export function servicePick(value: FormValue | undefined): InputBlockElement {
  return {
    type: 'external_select',
    action_id: SERVICE_PICK,
    min_query_length: 0,
    placeholder: plainText('Type a part of its name', limits.placeholder),
    ...(isChosen(value) ? { initial_option: option(value) } : {}),
  };
}

export function personPick(
  { key }: FieldOf<'person'>,
  value: FormValue | undefined,
): InputBlockElement {
  const chosen = textOf(value);
  return {
    type: 'users_select',
    action_id: `${key}_pick`,
    ...(chosen === '' ? {} : { initial_user: chosen }),
  };
}

export function onezonePick(value: FormValue | undefined): InputBlockElement {
  return {
    type: 'external_select',
    action_id: ONEZONE_PICK,
    min_query_length: 2,
    placeholder: plainText('Type a part of the name', limits.placeholder),
    ...(isChosen(value) ? { initial_option: option(value) } : {}),
  };
}

export function peoplePick(
  { key, max }: FieldOf<'people'>,
  value: FormValue | undefined,
): InputBlockElement {
  const chosen = listOf(value).slice(0, max);
  return {
    type: 'multi_users_select',
    action_id: `${key}_pick`,
    max_selected_items: max,
    ...(chosen.length === 0 ? {} : { initial_users: chosen }),
  };
}

export function choicePick(
  field: FieldOf<'choice'>,
  { value, action }: { readonly value: string; readonly action: string },
): InputBlockElement {
  const options = field.options.slice(0, MAX_OPTIONS).map(option);
  const initial = options.find((choice) => choice.value === value) ?? options[0];
  const common = {
    action_id: action,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
  return field.as === 'radio'
    ? { type: 'radio_buttons', ...common }
    : { type: 'static_select', ...common };
}

export function line(
  { key, initial }: FieldOf<'line'>,
  value: FormValue | undefined,
): InputBlockElement {
  return {
    type: 'plain_text_input',
    action_id: `${key}_text`,
    max_length: limits.inputText,
    ...initially(typeof value === 'string' ? value : (initial ?? '')),
  };
}

export const paragraph = (
  { key, placeholder }: FieldOf<'paragraph'>,
  value: FormValue | undefined,
): InputBlockElement => ({
  ...textInput(`${key}_text`, { placeholder }),
  ...initially(textOf(value)),
});

const initially = (text: string) =>
  text === '' ? {} : { initial_value: Array.from(text).slice(0, limits.inputText).join('') };

export const dayPick = ({ key }: FieldOf<'day'>, value: string): InputBlockElement => ({
  type: 'datepicker',
  action_id: `${key}_pick`,
  ...(value === '' ? {} : { initial_date: value }),
});

export function tick({ key, text, about }: FieldOf<'flag'>, isOn: boolean): InputBlockElement {
  const description = about === undefined ? {} : { description: about };
  const choice = option({ text, value: 'yes', ...description });
  return {
    type: 'checkboxes',
    action_id: `${key}_tick`,
    options: [choice],
    ...(isOn ? { initial_options: [choice] } : {}),
  };
}

function isChosen(value: FormValue | undefined): value is Chosen {
  return typeof value === 'object' && 'value' in value;
}
