import { levelWords } from '../../requests/level.js';
import { refusals } from '../../errors.js';
import { type Form, type Option, textOf } from '../form.js';
import { halfFilled } from '../from-words.js';
import { untilFieldOf, untilFields, untilOf } from '../until-field.js';
import { claimValue } from './ask.js';
import { claimNamed, type ExtendableClaim, extendableClaims } from './claims.js';

export const extendForm: Form = {
  title: 'Extend access',
  submit: 'Send',
  fields: async (services, { by, values }) => {
    const own = await extendableClaims(services, by.id);
    // Opened for somebody else, from the message that says that their access ends.
    const named = await claimNamed(services, textOf(values['access']));
    const others = named === null || named.claim.slack === by.id ? [] : [named];
    const all = [...others, ...own];
    if (all.length === 0) throw refusals.nothingToExtend();
    return [
      {
        kind: 'choice',
        as: 'menu',
        key: 'access',
        label: 'Which access',
        options: all.map(toOption),
      },
      ...untilFields(services.policy.current().grants),
    ];
  },
  notes: () => ['The access goes on without a break. If nobody agrees in time, it ends as before.'],
  toAsk: (values) => ({ access: textOf(values['access']), until: untilOf(values) }),
  fieldOf: (part, values) => (part === 'until' ? untilFieldOf(values) : part),
  fromWords: async (services, typed, by) => {
    const holds = { until: true, reason: true };
    const filled = await halfFilled(services, typed, { by: by.id, holds });
    const { service, notice } = filled;
    if (service === null) return filled;
    const values = { ...filled.values, service: undefined };
    const own = await extendableClaims(services, by.id);
    const found = own.find(({ access }) => access.service.id === service.id);
    if (found !== undefined) return { ...filled, values: { ...values, access: valueOf(found) } };
    const none = `You have no access to “${service.name}” that could be extended.`;
    return { ...filled, values, notice: [none, notice].join(' ').trim() };
  },
};

const valueOf = ({ claim }: ExtendableClaim): string => claimValue(claim.request, claim.slack);

const toOption = (extendable: ExtendableClaim): Option => {
  const { access, claim } = extendable;
  const day = claim.until.toISOString().slice(0, 10);
  return {
    value: valueOf(extendable),
    text: `${levelWords[claim.level].label} · ${access.service.name}`,
    description: `ends ${day}`,
  };
};
