import { bold, joined, type Markup, mention, mrkdwn } from '../markup/markup.js';
import { levelWords } from '../requests/level.js';
import type { Services } from '../services.js';
import { type NamedService, type ServiceFound } from '../words/service.js';
import { type Spoken, understand } from '../words/understand.js';
import type { FormValues, Prefill, TypedWords } from './form.js';
import { untilFromWords } from './until-field.js';

/** What a form can hold of what was said; the rest is reported. */
export interface Holds {
  readonly people?: boolean;
  readonly level?: boolean;
  readonly until?: boolean;
  readonly reason?: boolean;
}

export interface HalfFilled extends Prefill {
  readonly service: NamedService | null;
  readonly said: readonly Markup[];
}

const MAX_PEOPLE = 50;
const MAX_SERVICES = 100_000;

/** Everything that was said and that this form holds. What was not understood is said above the form, which opens anyway. */
export async function halfFilled(
  services: Services,
  { people, rest }: TypedWords,
  { by, holds }: { readonly by: string; readonly holds: Holds },
): Promise<HalfFilled> {
  const spoken = understand(rest, {
    // Most forms are opened by a button: nothing has to be read for them.
    services: rest === '' ? [] : await knownServices(services),
    now: services.now(),
  });
  const named = [...people, ...(spoken.self === null || people.includes(by) ? [] : [by])];
  const parts = [
    servicePart(spoken.service),
    held(named.length > 0, holds.people, () => peoplePart(named)),
    held(spoken.until !== null, holds.until, () => untilPart(services, spoken)),
    held(spoken.level !== null, holds.level, () => levelPart(services, spoken)),
    held(spoken.reason !== '', holds.reason, () => reasonPart(spoken)),
  ];
  const notices = [
    ...parts.flatMap(({ notice }) => notice ?? []),
    ...unknownNotices(spoken, unheld(spoken, { named, holds })),
  ];
  return {
    values: Object.fromEntries(parts.flatMap(({ values }) => Object.entries(values))),
    said: parts.flatMap(({ said }) => said ?? []),
    service: spoken.service?.kind === 'one' ? spoken.service.service : null,
    ...(notices.length === 0 ? {} : { notice: notices.join(' ') }),
  };
}

/** By whose names words are understood. */
export const knownServices = ({
  store,
}: Pick<Services, 'store'>): Promise<readonly NamedService[]> =>
  store.services.search('', { limit: MAX_SERVICES });

interface PartSaid {
  readonly values: FormValues;
  readonly said?: readonly Markup[];
  readonly notice?: string;
}

const NOTHING: PartSaid = { values: {} };

const held = (isSaid: boolean, isHeld: boolean | undefined, part: () => PartSaid): PartSaid =>
  isSaid && isHeld === true ? part() : NOTHING;

function servicePart(found: ServiceFound | null): PartSaid {
  if (found === null) return NOTHING;
  if (found.kind === 'several') return { values: {}, notice: severalNotice(found) };
  const { service, takenFrom } = found;
  const isLike = takenFrom === null || service.name.toLowerCase().includes(takenFrom.toLowerCase());
  return {
    values: { service: { value: service.id, text: service.name } },
    said: [bold(service.name)],
    ...(isLike
      ? {}
      : { notice: `I took “${quotable(takenFrom)}” for “${quotable(service.name)}”.` }),
  };
}

const MAX_CHOICES = 5;

function severalNotice(found: Extract<ServiceFound, { kind: 'several' }>): string {
  const names = [...new Set(found.choices.map(({ name }) => name))];
  const typed = quotable(found.typed);
  if (names.length === 1) {
    return `More than one handle service fits “${typed}”; names need not be unique in Onezone. Choose one below.`;
  }
  const shown = names.slice(0, MAX_CHOICES).map((name) => `“${quotable(name)}”`);
  const more = names.length > MAX_CHOICES ? ` and ${names.length - MAX_CHOICES} more` : '';
  return `More than one handle service fits “${typed}”: ${shown.join(', ')}${more}. Choose one below.`;
}

function peoplePart(people: readonly string[]): PartSaid {
  const first = people.slice(0, MAX_PEOPLE);
  return {
    values: { people: first },
    said: [joined(first.map(mention))],
    ...(people.length > MAX_PEOPLE
      ? { notice: `Only the first ${MAX_PEOPLE} of ${people.length} people are filled in.` }
      : {}),
  };
}

function untilPart({ policy, now }: Services, { until }: Spoken): PartSaid {
  if (until === null) return NOTHING;
  const { says, ...filled } = untilFromWords(until.value, policy.current().grants, now());
  return { ...filled, ...(says === undefined ? {} : { said: [mrkdwn`${says}`] }) };
}

function levelPart({ policy }: Services, { level }: Spoken): PartSaid {
  if (level === null) return NOTHING;
  const { levels } = policy.current().grants;
  const { label } = levelWords[level.value];
  return levels.includes(level.value)
    ? { values: { level: level.value }, said: [mrkdwn`${label}`] }
    : { values: {}, notice: `“${label}” is not offered here.` };
}

/** As many characters as a field of Slack takes. */
const MAX_REASON = 3000;

const reasonPart = ({ reason }: Spoken): PartSaid => ({
  values: { reason },
  said: [mrkdwn`“${quotable(reason)}”`],
  ...(Array.from(reason).length > MAX_REASON
    ? { notice: `Only the first ${MAX_REASON} characters of the reason are filled in.` }
    : {}),
});

/** Understood, but of no use in this form. */
function unheld(
  { until, level, reason }: Spoken,
  { named, holds }: { readonly named: readonly string[]; readonly holds: Holds },
): readonly string[] {
  return [
    ...(named.length > 0 && holds.people !== true ? ['the people'] : []),
    ...(until !== null && holds.until !== true ? [`“${until.typed}”`] : []),
    ...(level !== null && holds.level !== true ? [`“${level.typed}”`] : []),
    ...(reason !== '' && holds.reason !== true ? [`“${quotable(reason)}”`] : []),
  ];
}

function unknownNotices(
  { unknown, service }: Spoken,
  useless: readonly string[],
): readonly string[] {
  const pieces = unknown.length > 0 ? quotable(unknown.join(' … ')) : '';
  return [
    ...(pieces === ''
      ? []
      : [
          service === null
            ? `No handle service is called “${pieces}”. Choose one below.`
            : `I did not understand “${pieces}”.`,
        ]),
    ...(useless.length === 0 ? [] : [`This form has no place for ${useless.join(' and ')}.`]),
  ];
}

const MAX_QUOTED = 200;

/** For a notice, in which back-ticks are markup: long enough to be found in what was typed. */
export function quotable(text: string): string {
  const signs = Array.from(text.replaceAll('`', 'ˋ'));
  const shown = signs.slice(0, MAX_QUOTED).join('');
  return signs.length <= MAX_QUOTED ? shown : `${shown}…`;
}
