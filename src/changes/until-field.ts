import type { Until } from '../access/until.js';
import { inWords, parseDuration } from '../requests/duration.js';
import type { GrantLimits } from '../requests/policy.js';
import type { SpokenUntil } from '../words/until.js';
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

const DAY_MS = 86_400_000;

/** A preset where there is one of that length, else a last day; `says` repeats it in words. */
export function untilFromWords(
  until: SpokenUntil,
  { durations }: GrantLimits,
  now: Date,
): { readonly values: FormValues; readonly says?: string; readonly notice?: string } {
  if (until.kind === 'on') return { values: { [DAY]: until.day }, says: `until ${until.day}` };
  if (until.kind === 'permanent') {
    return durations.includes('permanent')
      ? { values: { [DURATION]: 'permanent' }, says: 'permanently' }
      : { values: {}, notice: 'Access without an end is not offered here.' };
  }
  const ms = parseDuration(until.duration) ?? 0;
  const preset = durations.find((offered) => parseDuration(offered) === ms);
  if (preset !== undefined) return { values: { [DURATION]: preset }, says: `for ${inWords(ms)}` };
  if (ms % DAY_MS !== 0) {
    return { values: {}, notice: `${inWords(ms)} is not offered here; choose another duration.` };
  }
  const day = new Date(now.getTime() + ms).toISOString().slice(0, 10);
  return { values: { [DAY]: day }, says: `for ${inWords(ms)}, until ${day}` };
}

function durationWords(duration: string): string {
  const ms = parseDuration(duration);
  return ms === null ? 'Permanently' : inWords(ms);
}
