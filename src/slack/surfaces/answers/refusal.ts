import type { Refusal } from '../../../errors.js';
import { code, lines, mrkdwn, sentence } from '../../../markup/markup.js';
import { context, type Document, message, section } from '../../../markup/parts.js';

/** Why not, what to do instead, and which rule of the policy said so. */
export function refusalAnswer(refusal: Refusal): Document {
  const people = namesPeople(refusal);
  const why = sentence(refusal.message, { people });
  const next = sentence(refusal.next, { people });
  const rule =
    refusal.rule === null ? null : mrkdwn`Rule: ${code(refusal.rule)} in the policy file`;
  return message(lines([why, next, ...(rule === null ? [] : [rule])]), [
    section(lines([mrkdwn`⛔ ${why}`, mrkdwn`Next: ${next}`])),
    ...(rule === null ? [] : [context(rule)]),
  ]);
}

/** Only these say `<@U…>` themselves; in the others it would be what somebody typed. */
function namesPeople(refusal: Refusal): boolean {
  return 'people' in refusal.fields || ['linkTaken', 'badForm'].includes(refusal.code);
}
