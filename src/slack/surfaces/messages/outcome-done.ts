import { agreedBy } from '../../../changes/agreed-by.js';
import { statusOf } from '../../../changes/request-words.js';
import { joined, lines, type Markup, mrkdwn } from '../../../markup/markup.js';
import { actions, context, type Document, message, section } from '../../../markup/parts.js';
import { type Request, subjectsWith } from '../../../requests/request.js';
import type { About } from './about.js';
import { comments, commentsSpoken, isNobodysToDecide } from './decision-words.js';

/** It was carried out: what the requester can do now, as the change says it. */
export function outcomeDone({ request, change, facts }: About): Document {
  const { headline, parts, spoken, buttons } = change.words.done(request, facts);
  const agreed = whoAgreed(request);
  const { sign } = statusOf(request);
  return message(lines([headline, ...agreed, ...commentsSpoken(request), ...spoken]), [
    section(joined([mrkdwn`${sign} ${headline}`, ...agreed], ' ')),
    ...comments(request),
    ...parts,
    context(mrkdwn`Request ${request.id}`),
    ...(buttons.length === 0 ? [] : [actions(...buttons)]),
  ]);
}

/** Who agreed to what is over already is no news any more. */
function whoAgreed(request: Request): readonly Markup[] {
  const isOver = request.subjects.length > 0 && subjectsWith(request, 'done').length === 0;
  return isNobodysToDecide(request) || isOver ? [] : [agreedBy(request)];
}
