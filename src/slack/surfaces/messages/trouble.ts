import { asking, statusOf } from '../../../changes/request-words.js';
import type { Notice, ToNotify } from '../../../chat.js';
import { actionIds } from '../../../markup/actions.js';
import { code, lines, mrkdwn, sentence } from '../../../markup/markup.js';
import {
  actions,
  button,
  type Button,
  context,
  type Document,
  message,
  section,
  sections,
} from '../../../markup/parts.js';
import { isSettled, type Request } from '../../../requests/request.js';
import type { About } from './about.js';
import { statusLine } from './card-parts.js';
import { undelivered } from './undelivered.js';
import { troubleLines } from './what-came-of-it.js';

/** For the operators: what happened, and the id that leads to the log and the audit. */
export function trouble(
  about: About,
  what: Pick<ToNotify, 'trouble' | 'undelivered'>,
): Document | null {
  switch (what.trouble) {
    case 'request':
      return wentWrong(about);
    case 'too few may agree':
      return tooFew(about);
    case 'undelivered':
      return what.undelivered === null ? null : undelivered(about.request, what.undelivered);
  }
}

/** The same about the desk itself. */
export function notice({ text }: Notice): Document {
  const says = lines(text.split('\n').map((line) => sentence(line, { people: true })));
  return message(says, [section(mrkdwn`⚠️ ${says}`)]);
}

function wentWrong({ request, change }: About): Document {
  const what = asking(request, change, 'asked');
  const isOver = isSettled(request.status);
  const details = [
    ...troubleLines(request),
    ...(isOver ? change.words.notable(request) : [mrkdwn`Nothing is lost: the request is kept.`]),
  ];
  const where = mrkdwn`Look for ${code(request.trouble?.supportId ?? request.id)} in the log and with ${code('npx handle-desk audit export')}.`;
  return message(mrkdwn`${statusOf(request).word}: ${what}`, [
    statusLine(request, what),
    sections(details),
    context(where, mrkdwn`Request ${request.id}`),
    ...(isOver ? [] : [actions(retryButton(request))]),
  ]);
}

/** For whoever has put right what was in the way, and does not want to wait for the next attempt. */
function retryButton({ id }: Request): Button {
  return button({
    text: 'Try again',
    says: `Try request ${id} again now`,
    action: actionIds.retry,
    value: id,
  });
}

/** Nobody has done anything wrong, but without an operator this would lapse. */
function tooFew({ request, change }: About): Document {
  const what = mrkdwn`${asking(request, change, 'asked')}, and there are not enough people who may agree to it.`;
  const next = mrkdwn`Next: give more people a role that may agree (${code(request.approval?.rule ?? 'approve')} in the policy file). Whoever asks or gets access never counts.`;
  return message(what, [
    section(mrkdwn`⚠️ ${what}`),
    section(next),
    context(mrkdwn`Request ${request.id}`),
  ]);
}
