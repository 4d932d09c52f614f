import {
  anything,
  list,
  object,
  plain,
  string,
  text,
  webAddress,
  type Law,
  type Rule,
  type Shape,
} from './rule.js';

const fields = { value: string(150), description: plain(75), url: webAddress };

/** An option of a menu; checkboxes and radio buttons also take mrkdwn. */
export const plainOption: Rule = object({
  required: ['text'],
  fields: { ...fields, text: plain(75) },
});
export const richOption: Rule = object({
  required: ['text'],
  fields: { ...fields, text: text(75), description: text(75) },
});

export const optionList = list(plainOption, 100);
export const optionGroups = list(
  object({ required: ['label', 'options'], fields: { label: plain(75), options: optionList } }),
  100,
);

export const exactlyOneOf =
  (...names: readonly string[]): Law =>
  (value, pointer) => {
    const given = names.filter((name) => value[name] !== undefined).length;
    return given === 1
      ? []
      : [{ message: `must provide exactly one of: ${names.join(', ')}`, pointer }];
  };

export const atLeastOneOf =
  (...names: readonly string[]): Law =>
  (value, pointer) =>
    names.some((name) => value[name] !== undefined)
      ? []
      : [{ message: `missing required field: ${names.join(' or ')}`, pointer }];

/** Slack wants an initial option to be one of the options, word for word. */
export const initialIsAnOption: Law = (value, pointer) => {
  const known = [
    ...asList(value['options']),
    ...asList(value['option_groups']).flatMap((group) => asList(propertyOf(group, 'options'))),
  ].map(key);
  const single = value['initial_option'];
  const several = asList(value['initial_options']);
  const wrong = (given: unknown) => !known.includes(key(given));
  return [
    ...(single !== undefined && wrong(single)
      ? [{ message: 'failed to match an option', pointer: `${pointer}/initial_option` }]
      : []),
    ...several.flatMap((given, index) =>
      wrong(given)
        ? [{ message: 'failed to match an option', pointer: `${pointer}/initial_options/${index}` }]
        : [],
    ),
  ];
};

/** An image either by address or by a file of Slack's. */
export const imageShape: Shape = {
  required: ['alt_text'],
  fields: { image_url: string(3000), slack_file: anything, alt_text: string(2000) },
  laws: [exactlyOneOf('image_url', 'slack_file')],
};

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function key(value: unknown): string {
  return JSON.stringify([
    propertyOf(propertyOf(value, 'text'), 'text'),
    propertyOf(value, 'value'),
  ]);
}
