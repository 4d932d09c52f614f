import type { SlackUser } from '../../requests/request.js';
import { faultAnswer } from '../surfaces/answers/fault.js';
import { refusalAnswer } from '../surfaces/answers/refusal.js';
import type { Message } from '../surfaces/render/message.js';
import type { Apology } from './safely.js';
import type { Desk } from './desk.js';
import type { ActionBody } from './payloads.js';

/** Where a person is answered: below the command or message if Slack gave an address for that, else by direct message. */
export interface Place {
  readonly user: SlackUser;
  readonly responseUrl?: string | undefined;
}

export async function answer(desk: Desk, place: Place, message: Message): Promise<void> {
  const { user, responseUrl } = place;
  if (responseUrl !== undefined && (await desk.answerAt(responseUrl, message))) return;
  const unfurl = { unfurl_links: false, unfurl_media: false };
  await desk.client.chat.postMessage({ channel: user, ...message, ...unfurl });
}

/** Runs a listener after its ack; whatever goes wrong is said to the person. */
export function answering(
  desk: Desk,
  place: Place,
  listener: { readonly name: string; readonly work: () => Promise<void> },
): Promise<void> {
  return desk.safely({
    ...listener,
    who: place.user,
    answer: (apology) => answer(desk, place, apologyMessage(apology)),
  });
}

/** The same for a button, which stands in a message (and is answered below it), in a view or in App Home. */
export function onButton(
  desk: Desk,
  pressed: ActionBody,
  work: () => Promise<void>,
): Promise<void> {
  const [action] = pressed.actions;
  return answering(desk, placeOf(pressed), { name: `button ${action?.action_id ?? ''}`, work });
}

export const placeOf = (pressed: ActionBody): Place => ({
  user: pressed.user.id,
  responseUrl: pressed.response_url,
});

export function apologyMessage(apology: Apology): Message {
  return apology.kind === 'refusal'
    ? refusalAnswer(apology.refusal)
    : faultAnswer(apology.supportId);
}
