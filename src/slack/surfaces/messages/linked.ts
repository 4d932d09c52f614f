import { notMeButton } from '../../../changes/not-me.js';
import { onezoneWords } from '../../../changes/words.js';
import type { ToNotify } from '../../../chat.js';
import { lines, mention, mrkdwn } from '../../../markup/markup.js';
import { actions, type Document, message, section } from '../../../markup/parts.js';
import type { About } from './about.js';

/** Who somebody is in Onezone from now on, and how to say that it is wrong. */
export function linked(
  { request }: About,
  { person, to }: Pick<ToNotify, 'person' | 'to'>,
): Document | null {
  const subject = request.subjects.find(({ slack }) => slack === (person ?? to));
  const identity = subject?.identity ?? null;
  if (identity === null) return null;
  const who = onezoneWords(identity, { full: true });
  const what = mrkdwn`${mention(request.requester)} has linked you to the Onezone user ${who}.`;
  const means = mrkdwn`Access that you ask for is given to that user. If it is not you, press “This isn’t me”: the link is taken away, and the operators are told.`;
  return message(what, [
    section(lines([what, means])),
    actions(notMeButton(person ?? to, identity)),
  ]);
}
