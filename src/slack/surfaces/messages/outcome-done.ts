import { statusOf } from '../../../changes/request-words.js';
import { andWhoApproved } from '../../../changes/who-approved.js';
import { mrkdwn } from '../../../markup/markup.js';
import { actions, type Document, message, section } from '../../../markup/parts.js';
import { type Request, subjectsWith } from '../../../requests/request.js';
import type { About } from './about.js';
import { comments } from './decision-words.js';

/** It was carried out: what the requester can do now, as the change says it. */
export function outcomeDone({ request, change, facts }: About): Document {
  const { headline, parts, buttons } = change.words.done(request, facts);
  const { sign } = statusOf(request);
  const is = isOver(request) ? headline : mrkdwn`${headline}${andWhoApproved(request)}`;
  return message(is, [
    section(mrkdwn`${sign} ${is}`),
    ...comments(request),
    ...parts,
    ...(buttons.length === 0 ? [] : [actions(...buttons)]),
  ]);
}

/** Who approved what is over already is no news any more. */
const isOver = (request: Request): boolean =>
  request.subjects.length > 0 && subjectsWith(request, 'done').length === 0;
