import type { Change } from '../../changes/change.js';
import type { Prefill } from '../../changes/form.js';
import { quotable } from '../../changes/from-words.js';
import { actionIds } from '../../markup/actions.js';
import { bold, code, joined, type Markup, mention, mrkdwn, sentence } from '../../markup/markup.js';
import { openButton } from '../../markup/open-button.js';
import {
  actions,
  button,
  type Button,
  context,
  type Document,
  message,
  section,
} from '../../markup/parts.js';
import type { NamedService } from '../../words/service.js';
import { carried } from './forms/carried.js';

const MY_ACCESS = button({
  text: 'My access',
  says: 'Show my access and when it ends',
  action: actionIds.showMine,
});

/** What was understood, and the form with it: only there something begins. */
export function halfFilledAnswer(change: Change, prefill: Prefill): Document {
  const { title } = change.form;
  const { values, lost } = carried(prefill.values);
  const said = prefill.said ?? [];
  const understood =
    said.length === 0 ? mrkdwn`${bold(title)}` : mrkdwn`${bold(title)}: ${joined(said, ' · ')}`;
  const notices = [
    ...(prefill.notice === undefined ? [] : [sentence(prefill.notice)]),
    ...(lost ? [mrkdwn`Your reason is too long to be carried along: write it in the form.`] : []),
  ];
  const open = openButton(change.name, {
    text: 'Open the form',
    says: `Open the form “${title}”, filled in as far as I understood`,
    style: 'primary',
    values,
  });
  return message(understood, [
    section(understood),
    ...notices.map((notice) => section(mrkdwn`⚠️ ${notice}`)),
    actions(open),
    context(mrkdwn`Nothing happens before you send the form.`),
  ]);
}

export function greetingAnswer(buttons: readonly Button[]): Document {
  const words = mrkdwn`Hello! Tell me what you need, such as “I need access to DataCite for 7 days” or “what do I have?”`;
  return message(words, [section(words), actions(...buttons, MY_ACCESS)]);
}

export function notUnderstoodAnswer(
  unknown: readonly string[],
  buttons: readonly Button[],
): Document {
  const what = unknownWords(unknown) ?? mrkdwn`I did not understand what you want.`;
  const words = mrkdwn`${what} Say it like “I need access to DataCite for 7 days”, “who has DataCite?” or “what do I have?”`;
  return message(words, [section(words), actions(...buttons, MY_ACCESS)]);
}

/** A service was named and nothing said of it. */
export function whatWithAnswer(
  { name }: NamedService,
  buttons: readonly Button[],
  unknown: readonly string[],
): Document {
  const words = mrkdwn`What would you like with ${bold(name)}?`;
  return withUnknown(message(words, [section(words), actions(...buttons)]), unknown);
}

export function typeItAnswer(usage: string): Document {
  const words = mrkdwn`For that type ${code(`/handle ${usage}`)}.`;
  return message(words, [section(words)]);
}

/** The answer, and what of the question it does not answer. */
export function withUnknown(
  { text, parts }: Document,
  unknown: readonly string[],
  people: readonly string[] = [],
): Document {
  const left = unknownWords(unknown);
  const words = [
    ...(left === null ? [] : [left]),
    ...(people.length === 0
      ? []
      : [mrkdwn`The answer has nothing to do with ${joined(people.slice(0, 5).map(mention))}.`]),
  ];
  return words.length === 0 ? { text, parts } : message(text, [...parts, context(...words)]);
}

const unknownWords = (unknown: readonly string[]): Markup | null =>
  unknown.length === 0 ? null : mrkdwn`I did not understand “${quotable(unknown.join(' … '))}”.`;
