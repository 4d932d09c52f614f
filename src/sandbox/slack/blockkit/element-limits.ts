import {
  exactlyOneOf,
  imageShape,
  initialIsAnOption,
  optionGroups,
  optionList,
  plainOption,
  richOption,
} from './option-limits.js';
import {
  among,
  anything,
  boolean,
  list,
  matching,
  number,
  object,
  plain,
  string,
  text,
  webAddress,
  type Law,
  type Rule,
  type Shape,
} from './rule.js';
import { codePoints } from './walk.js';

const style = among('primary', 'danger');
const confirm = object({
  required: ['text'],
  fields: { title: plain(100), text: text(300), confirm: plain(30), deny: plain(30), style },
});
const dispatch = object({
  required: [],
  fields: { trigger_actions_on: list(among('on_enter_pressed', 'on_character_entered'), 2) },
});
const decimal = matching(/^-?\d+(\.\d+)?$/);
const ids = list(string(255), 100);
const most = number(1, 100);
const filter = object({
  required: [],
  fields: {
    include: list(among('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
});

/** What every element, every field to fill in, and every menu may have besides its own. */
const any = { action_id: string(255) };
const asking = { ...any, confirm, focus_on_load: boolean };
const menu = { ...asking, placeholder: plain(150) };
const field = {
  ...any,
  focus_on_load: boolean,
  placeholder: plain(150),
  dispatch_action_config: dispatch,
};

const shape = (fields: Readonly<Record<string, Rule>>, ...required: readonly string[]): Shape => ({
  required,
  fields,
});
const lawful = (kind: Shape, ...laws: readonly Law[]): Shape => ({ ...kind, laws });

const minIsNotAboveMax: Law = (value, pointer) => {
  const { min_length: min, max_length: max } = value;
  return typeof min === 'number' && typeof max === 'number' && min > max
    ? [{ message: 'min_length must not be more than max_length', pointer }]
    : [];
};

const initialIsNotTooLong: Law = (value, pointer) => {
  const { initial_value: initial, max_length: max } = value;
  return typeof initial === 'string' && typeof max === 'number' && codePoints(initial) > max
    ? [{ message: `must be less than ${max + 1} characters`, pointer: `${pointer}/initial_value` }]
    : [];
};

const menuOptions = { options: optionList, option_groups: optionGroups };
const oneKindOfOptions = exactlyOneOf('options', 'option_groups');
const conversations = { ...menu, default_to_current_conversation: boolean, filter };
const feedback = object({
  required: ['text', 'value'],
  fields: { text: plain(75), value: string(2000), accessibility_label: string(75) },
});

/** The elements of Block Kit with Slack's limits. */
export const elements = {
  button: shape(
    {
      ...any,
      confirm,
      style,
      text: plain(75),
      value: string(2000),
      url: webAddress,
      accessibility_label: string(75),
    },
    'text',
  ),
  workflow_button: shape(
    {
      ...any,
      confirm,
      style,
      text: plain(75),
      workflow: anything,
      accessibility_label: string(75),
    },
    'text',
    'workflow',
  ),
  icon_button: shape(
    {
      ...any,
      confirm,
      icon: string(255),
      text: plain(75),
      value: string(2000),
      accessibility_label: string(75),
      visible_to_user_ids: ids,
    },
    'icon',
    'text',
  ),
  feedback_buttons: shape(
    { ...any, positive_button: feedback, negative_button: feedback },
    'positive_button',
    'negative_button',
  ),
  image: imageShape,
  overflow: shape({ ...any, confirm, options: list(plainOption, 5) }, 'options'),
  checkboxes: lawful(
    shape(
      { ...asking, options: list(richOption, 10), initial_options: list(richOption, 10) },
      'options',
    ),
    initialIsAnOption,
  ),
  radio_buttons: lawful(
    shape({ ...asking, options: list(richOption, 10), initial_option: richOption }, 'options'),
    initialIsAnOption,
  ),
  static_select: lawful(
    shape({ ...menu, ...menuOptions, initial_option: plainOption }),
    oneKindOfOptions,
    initialIsAnOption,
  ),
  multi_static_select: lawful(
    shape({ ...menu, ...menuOptions, initial_options: optionList, max_selected_items: most }),
    oneKindOfOptions,
    initialIsAnOption,
  ),
  external_select: shape({
    ...menu,
    initial_option: plainOption,
    min_query_length: number(0, 3000),
  }),
  multi_external_select: shape({
    ...menu,
    initial_options: optionList,
    min_query_length: number(0, 3000),
    max_selected_items: most,
  }),
  users_select: shape({ ...menu, initial_user: string(255) }),
  multi_users_select: shape({ ...menu, initial_users: ids, max_selected_items: most }),
  channels_select: shape({ ...menu, initial_channel: string(255), response_url_enabled: boolean }),
  multi_channels_select: shape({ ...menu, initial_channels: ids, max_selected_items: most }),
  conversations_select: shape({
    ...conversations,
    initial_conversation: string(255),
    response_url_enabled: boolean,
  }),
  multi_conversations_select: shape({
    ...conversations,
    initial_conversations: ids,
    max_selected_items: most,
  }),
  datepicker: shape({
    ...menu,
    initial_date: matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  }),
  timepicker: shape({
    ...menu,
    initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/),
    timezone: string(255),
  }),
  datetimepicker: shape({ ...asking, initial_date_time: number(1_000_000_000, 9_999_999_999) }),
  plain_text_input: lawful(
    shape({
      ...field,
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: number(0, 3000),
      max_length: number(1, 3000),
    }),
    minIsNotAboveMax,
    initialIsNotTooLong,
  ),
  email_text_input: shape({ ...field, initial_value: string(3000, 0) }),
  url_text_input: shape({ ...field, initial_value: string(3000, 0) }),
  number_input: shape(
    {
      ...field,
      is_decimal_allowed: boolean,
      initial_value: decimal,
      min_value: decimal,
      max_value: decimal,
    },
    'is_decimal_allowed',
  ),
  rich_text_input: shape({
    ...field,
    initial_value: anything,
    min_lines: number(1, 100),
    max_lines: number(1, 100),
  }),
  file_input: shape({ ...any, filetypes: list(string(255), 100), max_files: number(1, 10) }),
} as const satisfies Readonly<Record<string, Shape>>;
