import type { ToTell } from '../../../chat.js';
import { TOO_FEW } from '../../../requests/jobs.js';
import { isSettled, type Request } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { context, section, sections } from '../render/blocks.js';
import { bold, code, lines, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import { outcomeLines } from './outcome-lines.js';
import { asking, statusOf } from './request-words.js';
import { troubleLines } from './trouble-words.js';
import { parseUndelivered, undelivered } from './undelivered.js';

/** For the operators: what happened, and the id that leads to the log and the audit. */
export function trouble({ request, person }: ToTell): Message {
  const failed = parseUndelivered(person);
  if (failed !== null) return undelivered(request, failed);
  return person === TOO_FEW ? tooFew(request) : wentWrong(request);
}

function wentWrong(request: Request): Message {
  const { sign, word } = statusOf(request);
  const what = asking(request, 'asked');
  const results = request.change === 'grant' ? outcomeLines(request) : [];
  const kept = isSettled(request.status) ? [] : [mrkdwn`Nothing is lost: the request is kept.`];
  const details = [
    ...troubleLines(request),
    ...kept,
    ...(isSettled(request.status) ? results : []),
  ];
  const where = mrkdwn`Look for ${code(request.trouble?.supportId ?? request.id)} in the log and with ${code('npx handle-desk audit export')}.`;
  return message(
    lines([mrkdwn`${word}: ${what}.`, ...details, where, mrkdwn`Request ${request.id}.`]),
    [
      section(mrkdwn`${sign} ${bold(`${word}:`)} ${what}.`),
      ...sections(details),
      context(where, mrkdwn`Request ${request.id}`),
    ],
  );
}

/** Nobody has done anything wrong, but without an operator this would lapse. */
function tooFew(request: Request): Message {
  const what = mrkdwn`${asking(request, 'asked')}, and there are not enough people who may agree to it.`;
  const next = mrkdwn`Next: give more people a role that may agree (${code(request.approval?.rule ?? 'approve')} in the policy file). Whoever asks or gets access never counts.`;
  return message(lines([what, next, mrkdwn`Request ${request.id}.`]), [
    section(mrkdwn`⚠️ ${what}`),
    section(next),
    context(mrkdwn`Request ${request.id}`),
  ]);
}
