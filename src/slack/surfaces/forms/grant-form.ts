import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { inWords, parseDuration } from '../../../requests/duration.js';
import { Level, levelWords } from '../../../requests/level.js';
import type { GrantLimits } from '../../../requests/policy.js';
import type { GrantAsk } from '../../../requests/grant-ask.js';
import { context, input } from '../render/blocks.js';
import { option, plainText, textInput } from '../render/elements.js';
import { limits } from '../render/limits.js';
import { mrkdwn, sentence } from '../../../markup/markup.js';
import { modal } from '../render/whole.js';
import { noticeAbove, problemBelow } from './said.js';
import { readState } from './state.js';

export const GRANT_FORM = 'grant_form';
/** Also the id under which Slack asks for the services to choose from. */
export const SERVICE_PICK = 'service_pick';

const blocks = {
  service: 'service',
  people: 'people',
  level: 'level',
  duration: 'duration',
  day: 'day',
  reason: 'reason',
  confirm: 'confirm',
} as const;

/** What a half-filled form starts with; everything may be missing. */
export interface GrantFormValues {
  readonly service?: { readonly id: string; readonly name: string };
  readonly people?: readonly string[];
  readonly level?: Level;
  readonly duration?: string;
  readonly day?: string;
  readonly reason?: string;
}

export interface GrantFormNotes {
  /** Above the form: what was refused, or what the typed words did not say. */
  readonly notice?: string;
  /** Below a field, by its name. */
  readonly problems?: Readonly<Record<string, string>>;
  /** Who must agree, in a sentence. */
  readonly rule?: string;
  /** People known only by e-mail: whoever sends the form confirms them. `slack:onezone`, and as a sentence. */
  readonly confirm?: { readonly pairs: readonly string[]; readonly says: string };
}

export function grantForm(
  policy: GrantLimits,
  values: GrantFormValues,
  notes: GrantFormNotes = {},
): ModalView {
  const problems = notes.problems ?? {};
  const field = (name: string, block: KnownBlock): KnownBlock[] => [
    block,
    ...problemBelow(problems[name]),
  ];
  return modal({
    callback: GRANT_FORM,
    close: 'Cancel',
    title: 'Request access',
    submit: 'Send',
    metadata: JSON.stringify({ confirm: notes.confirm?.pairs ?? [] }),
    blocks: [
      ...noticeAbove(notes.notice),
      ...field('service', servicePick(values)),
      ...field('people', peoplePick(values)),
      ...field('level', levelPick(policy, values)),
      durationPick(policy, values),
      ...field('until', dayPick(values)),
      ...field('reason', reasonInput(values)),
      ...(notes.confirm === undefined ? [] : [confirmTick(notes.confirm)]),
      ...(notes.rule === undefined ? [] : [context(mrkdwn`${sentence(notes.rule)}`)]),
      context(
        mrkdwn`Every member of a handle service can read its registrar password through Onezone’s API.`,
      ),
    ],
  });
}

/** What the form holds, for `ask` and to draw it again. */
export function readGrantForm(state: unknown): {
  readonly ask: Record<keyof GrantAsk, unknown>;
  readonly values: GrantFormValues;
  readonly confirmed: boolean;
} {
  const form = readState(state);
  const service = form.choice(blocks.service);
  const people = form.people(blocks.people);
  const level = Level.safeParse(form.choice(blocks.level)?.value).data;
  const duration = form.choice(blocks.duration)?.value;
  const day = form.date(blocks.day);
  const reason = form.text(blocks.reason);
  const until =
    day !== null ? { on: day } : duration === 'permanent' ? 'permanent' : { for: duration ?? '' };
  return {
    ask: { service: service?.value ?? '', people, level, until, reason },
    values: {
      ...(service === null ? {} : { service: { id: service.value, name: service.text } }),
      people,
      ...(level === undefined ? {} : { level }),
      ...(duration === undefined ? {} : { duration }),
      ...(day === null ? {} : { day }),
      reason,
    },
    confirmed: form.ticked(blocks.confirm).length > 0,
  };
}

/** Which field of the form shows a problem with this part of the ask. A day counts instead of the duration above it. */
export const blockOf = (field: string, { day }: Pick<GrantFormValues, 'day'>): string =>
  field === 'until'
    ? day === undefined
      ? blocks.duration
      : blocks.day
    : (Object.values(blocks).find((it) => it === field) ?? blocks.service);

/** A service as a choice: names are not unique, so its id is seen too. */
export const serviceOption = (service: {
  readonly id: string;
  readonly name: string;
  readonly prefix?: string | null;
}): PlainTextOption => ({
  ...option({
    text: service.name,
    value: service.id,
    description: [service.prefix ?? null, service.id].filter((it) => it !== null).join(' · '),
  }),
});

function servicePick({ service }: GrantFormValues): KnownBlock {
  return input({
    block: blocks.service,
    label: 'Handle service',
    element: {
      type: 'external_select',
      action_id: SERVICE_PICK,
      min_query_length: 0,
      placeholder: plainText('Type a part of its name', limits.placeholder),
      ...(service === undefined
        ? {}
        : { initial_option: option({ text: service.name, value: service.id }) }),
    },
  });
}

function peoplePick({ people }: GrantFormValues): KnownBlock {
  return input({
    block: blocks.people,
    label: 'Who gets access',
    hint: 'One to fifty people. You can ask for others.',
    element: {
      type: 'multi_users_select',
      action_id: 'people_pick',
      max_selected_items: 50,
      ...(people === undefined || people.length === 0 ? {} : { initial_users: [...people] }),
    },
  });
}

function levelPick(policy: GrantLimits, { level }: GrantFormValues): KnownBlock {
  const options = policy.levels.map((it) =>
    option({ text: levelWords[it].label, value: it, description: levelWords[it].means }),
  );
  const initial = options.find((it) => it.value === level) ?? options[0];
  return input({
    block: blocks.level,
    label: 'Access',
    element: {
      type: 'radio_buttons',
      action_id: 'level_pick',
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  });
}

function durationPick(policy: GrantLimits, { duration }: GrantFormValues): KnownBlock {
  const options = policy.durations.map((it) => option({ text: durationWords(it), value: it }));
  const initial = options.find((it) => it.value === duration) ?? options[0];
  return input({
    block: blocks.duration,
    label: 'For how long',
    element: {
      type: 'static_select',
      action_id: 'duration_pick',
      options,
      ...(initial === undefined ? {} : { initial_option: initial }),
    },
  });
}

function dayPick({ day }: GrantFormValues): KnownBlock {
  return input({
    block: blocks.day,
    label: 'Or until a day',
    hint: 'Counts instead of the duration above. The day itself is included (UTC).',
    optional: true,
    element: {
      type: 'datepicker',
      action_id: 'day_pick',
      ...(day === undefined ? {} : { initial_date: day }),
    },
  });
}

function reasonInput({ reason }: GrantFormValues): KnownBlock {
  const element = textInput('reason_text', {
    placeholder: 'What will they register, for which project?',
  });
  return input({
    block: blocks.reason,
    label: 'Why',
    hint: 'The approvers see this.',
    element: {
      ...element,
      ...(reason === undefined || reason === '' ? {} : { initial_value: reason }),
    },
  });
}

function confirmTick(confirm: { readonly says: string }): KnownBlock {
  return input({
    block: blocks.confirm,
    label: 'Is this the right person?',
    hint: confirm.says,
    element: {
      type: 'checkboxes',
      action_id: 'confirm_tick',
      options: [option({ text: 'Yes, I know that these belong together', value: 'yes' })],
    },
  });
}

function durationWords(duration: string): string {
  const ms = parseDuration(duration);
  return ms === null ? 'Permanently' : inWords(ms);
}
