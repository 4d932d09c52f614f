import type { Until } from '../access/until.js';
import { inWords, parseDuration } from '../requests/duration.js';
import type { GrantLimits } from '../requests/policy.js';
import { type Field, type FormValues, textOf } from './form.js';

const DURATION = 'duration';
const DAY = 'day';

/** How long: the presets of the policy, or a last day, which counts instead. */
export function untilFields(limits: GrantLimits): readonly Field[] {
  const options = limits.durations.map((duration) => ({
    value: duration,
    text: durationWords(duration),
  }));
  return [
    { kind: 'choice', as: 'menu', key: DURATION, label: 'For how long', options },
    {
      kind: 'day',
      key: DAY,
      label: 'Or until a day',
      hint: 'Counts instead of the duration above. The day itself is included (UTC).',
      optional: true,
    },
  ];
}

export function untilOf(values: FormValues): Until {
  const [day, duration] = [textOf(values[DAY]), textOf(values[DURATION])];
  if (day !== '') return { on: day };
  return duration === 'permanent' ? 'permanent' : { for: duration };
}

/** Which of the two fields shows a problem with `until`. */
export const untilFieldOf = (values: FormValues): string =>
  textOf(values[DAY]) === '' ? DURATION : DAY;

function durationWords(duration: string): string {
  const ms = parseDuration(duration);
  return ms === null ? 'Permanently' : inWords(ms);
}
