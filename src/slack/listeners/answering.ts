import type { Document } from '../../markup/parts.js';
import type { SlackUser } from '../../requests/request.js';
import { faultAnswer, refusalAnswer } from '../surfaces/answers.js';
import { drawMessage } from '../surfaces/render/whole.js';
import type { Desk } from './desk.js';
import type { ActionBody, CommandBody } from './payloads.js';
import type { ErrorReply } from './safely.js';
import { whomToAsk } from './whom-to-ask.js';

/** Where a person is answered: below the command or message if Slack gave an address for that, else by direct message. */
export interface ReplyTarget {
  readonly user: SlackUser;
  readonly responseUrl?: string | undefined;
}

export async function answer(desk: Desk, target: ReplyTarget, document: Document): Promise<void> {
  const message = drawMessage(document);
  const { user, responseUrl } = target;
  if (responseUrl !== undefined && (await desk.answerAt(responseUrl, message))) return;
  const unfurl = { unfurl_links: false, unfurl_media: false };
  await desk.client.chat.postMessage({ channel: user, ...message, ...unfurl });
}

/** Runs a listener after its ack; whatever goes wrong is said to the person. */
export function answering(
  desk: Desk,
  target: ReplyTarget,
  listener: { readonly name: string; readonly work: () => Promise<void> },
): Promise<void> {
  return desk.safely({
    ...listener,
    who: target.user,
    answer: async (reply) => answer(desk, target, await errorDocument(desk, reply)),
  });
}

/** The same for a button, which stands in a message (and is answered below it), in a view or in App Home. */
export function onButton(
  desk: Desk,
  pressed: ActionBody,
  work: () => Promise<void>,
): Promise<void> {
  return answering(desk, targetOf(pressed), { name: buttonName(pressed), work });
}

export const buttonName = ({ actions: [action] }: ActionBody): string =>
  `button ${action?.action_id ?? ''}`;

export const targetOf = (pressed: ActionBody): ReplyTarget => ({
  user: pressed.user.id,
  responseUrl: pressed.response_url,
});

export const targetOfCommand = (typed: CommandBody): ReplyTarget => ({
  user: typed.user_id,
  responseUrl: typed.response_url,
});

/** What there is to say, also when it is a refusal or a fault: for what is answered in one piece, by `ack`. */
export function replyOf<Reply>(
  desk: Desk,
  listener: {
    readonly name: string;
    readonly who: SlackUser;
    readonly work: () => Promise<Reply>;
    /** Must not fail: somebody waits for it. */
    readonly onError: (reply: ErrorReply) => Reply | Promise<Reply>;
  },
): Promise<Reply> {
  const { name, who, work, onError } = listener;
  return new Promise((resolve) => {
    void desk.safely({
      name,
      who,
      work: async () => {
        resolve(await work());
      },
      answer: async (reply) => {
        resolve(await onError(reply));
      },
    });
  });
}

export async function errorDocument(desk: Desk, reply: ErrorReply): Promise<Document> {
  if (reply.kind === 'fault') return faultAnswer(reply.supportId);
  return refusalAnswer(reply.refusal, await whomToAsk(desk, reply.refusal.roles));
}
