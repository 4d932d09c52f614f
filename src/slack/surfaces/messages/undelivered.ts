import type { Request } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { context, section } from '../render/blocks.js';
import { bold, code, lines, type Markup, mention, mrkdwn } from '../../../markup/markup.js';
import { message } from '../render/whole.js';

/** A message that Slack will never take: which one, where it should have gone, and Slack's own word for why. */
export interface Undelivered {
  readonly what: string;
  readonly to: string;
  readonly code: string;
  /** Slack may still take it; it is tried on. */
  readonly again: boolean;
}

const NOT_DRAWN = 'cannot_be_drawn';

export function parseUndelivered(text: string | null): Undelivered | null {
  const [what, to, code, again] = text?.split(':') ?? [];
  if (what === undefined || to === undefined || code === undefined) return null;
  return { what, to, code, again: again !== undefined };
}

/** For the operators, who alone can open the channel again or name another one. */
export function undelivered(request: Request, failed: Undelivered): Message {
  const to = /^[UW]/.test(failed.to) ? mention(failed.to) : code(failed.to);
  const says = mrkdwn`The ${bold(failed.what)} message of ${request.id} could not be delivered to ${to}. ${failed.code === NOT_DRAWN ? mrkdwn`The desk could not put it into words.` : mrkdwn`Slack says: ${code(failed.code)}`}`;
  const next = nextWords(failed);
  return message(lines([says, next]), [section(mrkdwn`📪 ${says}`), context(next)]);
}

function nextWords({ again, code: said }: Undelivered): Markup {
  const held = mrkdwn`The request itself is not held up by this.`;
  if (again) return mrkdwn`It is tried on, and no other message waits for it. ${held}`;
  return said === NOT_DRAWN
    ? mrkdwn`Next: report this; the log says what could not be drawn. ${held}`
    : mrkdwn`Next: let the desk into that conversation again, or name another one under ${code('notify')} in the policy file. ${held}`;
}
