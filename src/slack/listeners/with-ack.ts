import type { AckFn } from '@slack/bolt';
import type { Message } from '../surfaces/render/message.js';
import { answer, apologyMessage, type Place } from './answering.js';
import type { Desk } from './desk.js';

/** Slack waits three seconds; nobody should notice that it was waited at all. */
const AT_ONCE = 400;

/**
 * Answers a command in its acknowledgement, which saves a call and cannot get lost on its way. What takes longer,
 * because somebody else had to be asked, is acknowledged in time and answered afterwards.
 */
export async function withAck(
  desk: Desk,
  command: {
    readonly ack: AckFn<string | (Message & { readonly response_type: 'ephemeral' })>;
    readonly place: Place;
    readonly work: () => Promise<Message>;
  },
): Promise<void> {
  const said = inWords(desk, command);
  const quick = await Promise.race([said, soon()]);
  if (quick !== null) {
    await command.ack({ response_type: 'ephemeral', ...quick });
    return;
  }
  await command.ack();
  await answer(desk, command.place, await said);
}

/** What there is to say, also when it is a refusal or a fault. */
function inWords(
  desk: Desk,
  { place, work }: { readonly place: Place; readonly work: () => Promise<Message> },
): Promise<Message> {
  return new Promise((resolve) => {
    void desk.safely({
      name: 'command /handle',
      who: place.user,
      work: async () => {
        resolve(await work());
      },
      answer: (apology) => {
        resolve(apologyMessage(apology));
        return Promise.resolve();
      },
    });
  });
}

function soon(): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(resolve, AT_ONCE, null).unref();
  });
}
