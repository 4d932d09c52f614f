import type { AckFn } from '@slack/bolt';
import type { Document } from '../../markup/parts.js';
import type { Message } from '../surfaces/render/message.js';
import { drawMessage } from '../surfaces/render/whole.js';
import { answer, errorDocument, replyOf, type ReplyTarget } from './answering.js';
import type { Desk } from './desk.js';
import type { ErrorReply } from './safely.js';

/** Slack waits three seconds; nobody should notice that it was waited at all. */
const AT_ONCE_MS = 400;

export type CommandAck = AckFn<string | (Message & { readonly response_type: 'ephemeral' })>;

/**
 * Answers a command in its acknowledgement, which saves a call and cannot get lost on its way. What takes longer,
 * because somebody else had to be asked, is acknowledged in time and answered afterwards.
 */
export async function withAck(
  desk: Desk,
  command: {
    readonly ack: CommandAck;
    readonly target: ReplyTarget;
    readonly work: () => Promise<Document>;
  },
): Promise<void> {
  const { ack, target, work } = command;
  const name = 'command /handle';
  const onError = (reply: ErrorReply): Promise<Document> => errorDocument(desk, reply);
  const said = replyOf(desk, { name, who: target.user, work, onError });
  const quick = await Promise.race([said, soon()]);
  if (quick !== null) {
    await ack({ response_type: 'ephemeral', ...drawMessage(quick) });
    return;
  }
  await ack();
  await answer(desk, target, await said);
}

function soon(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(resolve, AT_ONCE_MS, null).unref();
  });
}
