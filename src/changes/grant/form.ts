import { Level, levelWords } from '../../requests/level.js';
import { type Form, listOf, textOf } from '../form.js';
import { halfFilled } from '../from-words.js';
import { untilFieldOf, untilFields, untilOf } from '../until-field.js';
import { PASSWORD_WARNING } from '../warnings.js';

export const grantForm: Form = {
  title: 'Request access',
  submit: 'Send',
  fields: (services) => {
    const { grants } = services.policy.current();
    return Promise.resolve([
      { kind: 'service', key: 'service', label: 'Handle service' },
      {
        kind: 'people',
        key: 'people',
        label: 'Who gets access',
        hint: 'One to fifty people. You can ask for others.',
        max: 50,
      },
      {
        kind: 'choice',
        as: 'radio',
        key: 'level',
        label: 'Access',
        options: grants.levels.map((level) => ({
          value: level,
          text: levelWords[level].label,
          description: levelWords[level].means,
        })),
      },
      ...untilFields(grants),
    ]);
  },
  notes: () => [PASSWORD_WARNING],
  toAsk: (values) => ({
    service: textOf(values['service']),
    people: listOf(values['people']),
    level: Level.safeParse(textOf(values['level'])).data,
    until: untilOf(values),
  }),
  fieldOf: (part, values) => (part === 'until' ? untilFieldOf(values) : part),
  fromWords: async (services, typed, by) => {
    const holds = { people: true, level: true, until: true, reason: true };
    const { values, ...said } = await halfFilled(services, typed, { by: by.id, holds });
    return { ...said, values: { people: [by.id], ...values } };
  },
};
