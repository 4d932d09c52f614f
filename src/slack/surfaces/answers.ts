import { peopleWords } from '../../changes/words.js';
import type { Refusal } from '../../errors.js';
import { code, lines, mrkdwn, sentence } from '../../markup/markup.js';
import {
  actions,
  type Button,
  context,
  type Document,
  message,
  section,
} from '../../markup/parts.js';
import type { Request, SlackUser } from '../../requests/request.js';

const MAX_NAMED = 4;

/** Why not, what to do instead and whom to ask for it, and which rule of the policy said so. */
export function refusalAnswer(refusal: Refusal, whom: readonly SlackUser[] = []): Document {
  const named = { people: namesPeople(refusal) };
  const why = sentence(refusal.message, named);
  const next = sentence(refusal.next, named);
  const rule =
    refusal.rule === null ? null : mrkdwn`Rule: ${code(refusal.rule)} in the policy file`;
  const people = whom.length === 0 ? mrkdwn`` : mrkdwn` That is ${peopleWords(whom, MAX_NAMED)}.`;
  return message(why, [
    section(lines([mrkdwn`⛔ ${why}`, mrkdwn`Next: ${next}${people}`])),
    ...(rule === null ? [] : [context(rule)]),
  ]);
}

/** Only these say `<@U…>` themselves; in the others it would be what somebody typed. */
function namesPeople(refusal: Refusal): boolean {
  return (
    ['people', 'slack'].some((field) => field in refusal.fields) ||
    ['linkTaken', 'badForm', 'linkedParty', 'linkedOther', 'linkNeedsSecond'].includes(refusal.code)
  );
}

/** We or Onezone failed. The person gets no cause, only the id under which an operator finds it. */
export function faultAnswer(supportId: string): Document {
  const words = mrkdwn`Something went wrong on our side. Try again; if it happens again, tell an operator the support id ${code(supportId)}.`;
  return message(words, [section(mrkdwn`❌ ${words}`)]);
}

/** It took us, or the way to Slack, longer than three seconds. Nothing is wrong and nothing was done. */
export function tooLateAnswer(again: Pick<Button, 'action' | 'value'>): Document {
  const words = mrkdwn`Slack waited too long for this form and did not open it. Press again.`;
  const button = { ...again, text: 'Open the form', says: 'Open the form again' };
  return message(words, [section(mrkdwn`⏳ ${words}`), actions(button)]);
}

/** `suggestion` is null where nothing is near enough. */
export function didYouMeanAnswer(word: string, suggestion: string | null): Document {
  const meant =
    suggestion === null ? mrkdwn`` : mrkdwn` Did you mean ${code(`/handle ${suggestion}`)}?`;
  const words = mrkdwn`There is no ${code(`/handle ${word}`)}.${meant} ${code('/handle help')} shows what there is.`;
  return message(words, [section(words)]);
}

export function withdrawnAnswer(request: Pick<Request, 'id'>): Document {
  const words = mrkdwn`${request.id} is withdrawn. Nobody is asked any more.`;
  return message(words, [section(words)]);
}
