import { rolesWords, statusOf, youAsked } from '../../../changes/request-words.js';
import { code, type Markup, mrkdwn } from '../../../markup/markup.js';
import { type Document, message, type Part, sections } from '../../../markup/parts.js';
import { subjectsWith } from '../../../requests/request.js';
import type { About } from './about.js';
import { statusLine } from './card-parts.js';
import { comments, decidedWords } from './decision-words.js';
import { outcomeDone } from './outcome-done.js';
import { byWhen, troubleLines } from './what-came-of-it.js';

/** What the requester is told: how it ended, why, and what to do now. Drawn again while many people are let in. */
export function outcome(about: About): Document {
  const { request, change } = about;
  switch (request.status) {
    case 'pending':
    case 'approved':
      return short(about, decidedWords(request));
    case 'carrying out':
      return short(about, [...decidedWords(request), change.words.underWay(request)]);
    case 'done':
      return outcomeDone(about);
    case 'failed':
    case 'unclear':
      return wentWrong(about);
    case 'denied':
      return denied(about);
    case 'withdrawn':
      return short(about, [mrkdwn`You withdrew it. Nothing was changed in Onezone.`]);
    case 'lapsed':
      return lapsed(about);
  }
}

/** What can be done now is said also where it went wrong for others only. */
function wentWrong(about: About): Document {
  const { request, change, facts } = about;
  const said = troubleLines(request);
  const isDoneForMe = subjectsWith(request, 'done').some(
    ({ slack }) => slack === request.requester,
  );
  if (isDoneForMe) {
    const { headline, parts } = change.words.done(request, facts);
    return short(about, [...said, mrkdwn`${headline}.`], parts);
  }
  const notable = request.subjects.length > 1 ? change.words.notable(request) : [];
  return short(about, [...said, ...notable]);
}

function denied(about: About): Document {
  const { request, change } = about;
  const next = mrkdwn`Nothing was changed. Talk to whoever denied it, or ask again with ${code(change.words.again)}.`;
  return short(about, [...decidedWords(request), next]);
}

function lapsed(about: About): Document {
  const { request, change } = about;
  const whom = rolesWords(request.approval?.by ?? []);
  return short(about, [
    mrkdwn`Nobody decided in time${byWhen(request)}. Nothing was changed.`,
    mrkdwn`Next: ask someone with the role ${whom} directly, then ask again with ${code(change.words.again)}.`,
  ]);
}

/** The state in a word, what was asked, and what is to be said about it. */
function short(
  { request, change }: About,
  said: readonly Markup[],
  more: readonly Part[] = [],
): Document {
  const what = youAsked(request, change);
  return message(mrkdwn`${statusOf(request).word}: ${what}`, [
    statusLine(request, what),
    sections(said),
    ...comments(request),
    ...more,
  ]);
}
