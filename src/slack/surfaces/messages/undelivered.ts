import type { Undelivered } from '../../../chat.js';
import { bold, code, lines, type Markup, mention, mrkdwn } from '../../../markup/markup.js';
import { context, type Document, message, section } from '../../../markup/parts.js';
import type { Request } from '../../../requests/request.js';

/** Not Slack's word: the desk's own, of a message that it could not draw. */
const NOT_DRAWN = 'cannot_be_drawn';

/** For the operators, who alone can open the channel again or name another one. */
export function undelivered(request: Pick<Request, 'id'>, failed: Undelivered): Document {
  const to = /^[UW]/.test(failed.to) ? mention(failed.to) : code(failed.to);
  const why =
    failed.code === NOT_DRAWN
      ? mrkdwn`The desk could not put it into words.`
      : mrkdwn`Slack says: ${code(failed.code)}`;
  const says = mrkdwn`The ${bold(failed.message)} message of ${request.id} could not be delivered to ${to}. ${why}`;
  const next = nextWords(failed);
  return message(lines([says, next]), [section(mrkdwn`📪 ${says}`), context(next)]);
}

function nextWords(failed: Undelivered): Markup {
  const held = mrkdwn`The request itself is not held up by this.`;
  if (failed.tryingOn) return mrkdwn`It is tried on, and no other message waits for it. ${held}`;
  return failed.code === NOT_DRAWN
    ? mrkdwn`Next: report this; the log says what could not be drawn. ${held}`
    : mrkdwn`Next: let the desk into that conversation again, or name another one under ${code('notify')} in the policy file. ${held}`;
}
