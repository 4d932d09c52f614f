import type { ToTell } from '../../../chat.js';
import { levelWords } from '../../../requests/level.js';
import type { GrantRequest } from '../../../requests/request.js';
import type { Message } from '../render/message.js';
import { context, section } from '../render/blocks.js';
import { lines, mrkdwn, mention } from '../../../markup/markup.js';
import { message } from '../render/whole.js';
import type { Facts } from './facts.js';
import { firstIdentifier, firstIdentifierWords } from './first-identifier.js';
import { access, agreedBy } from './request-words.js';

/** What a beneficiary is told who did not ask themselves. */
export function welcome({ request }: ToTell & { request: GrantRequest }, facts: Facts): Message {
  const { level } = request.ask;
  const can = mrkdwn`You can now ${access(request)}.`;
  const means = mrkdwn`Whoever may ${level} it can ${levelWords[level].means}.`;
  const who = mrkdwn`${mention(request.requester)} asked for it. ${agreedBy(request)}`;
  return message(lines([can, means, who, firstIdentifierWords(request, facts)]), [
    section(lines([can, means, who])),
    ...firstIdentifier(request, facts),
    context(mrkdwn`Request ${request.id}`),
  ]);
}
