import { howToPublish } from '../../changes/grant/how-to-publish.js';
import { refusals } from '../../errors.js';
import { actionIds } from '../../markup/actions.js';
import { saidView } from '../surfaces/forms/said.js';
import { onButton, targetOf } from './answering.js';
import { requestIdIn } from './decision-of.js';
import type { Register } from './desk.js';
import { openView } from './open-view.js';
import { ActionBody, valueOf } from './payloads.js';

/** How one publishes an identifier, for those who were let in. The other button only opens an address. */
export const registerHowToPublish: Register = (app, desk) => {
  app.action(actionIds.howToPublish, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const id = requestIdIn(valueOf(pressed));
      const request = await desk.services.store.requests.load(id);
      const people = request?.subjects.map(({ slack }) => slack) ?? [];
      if (request === null || !people.includes(pressed.user.id)) throw refusals.unknownRequest(id);
      const parts = howToPublish(request.service, desk.facts());
      const view = saidView('How to publish', { parts });
      const again = { action: actionIds.howToPublish, value: id };
      const target = targetOf(pressed);
      await openView(desk, { target, trigger: pressed.trigger_id, view, again });
    });
  });

  app.action(actionIds.openOnezone, async ({ ack }) => {
    await ack();
  });
};
