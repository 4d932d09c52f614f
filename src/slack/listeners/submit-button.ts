import type { App } from '@slack/bolt';
import type { Submission } from '../../operations/submission.js';
import { buttonName, targetOf } from './answering.js';
import type { Desk } from './desk.js';
import { ActionBody, channelOf, valueOf } from './payloads.js';
import { submitClick } from './submit.js';

type Origin = Pick<Submission, 'by' | 'channel'> & { readonly view: null };

/** A button whose click changes something. `says` makes of its value what is submitted, and throws the refusal of what makes no sense. */
export function submitsBy(
  app: App,
  desk: Desk,
  button: {
    readonly action: string;
    readonly says: (value: string, origin: Origin) => Submission;
  },
): void {
  app.action(button.action, async ({ ack, body }) => {
    const pressed = ActionBody.parse(body);
    const origin = { by: pressed.user.id, channel: channelOf(pressed), view: null };
    await submitClick(desk, {
      name: buttonName(pressed),
      ack: () => ack(),
      target: targetOf(pressed),
      trigger: pressed.trigger_id,
      submission: () => button.says(valueOf(pressed), origin),
    });
  });
}
