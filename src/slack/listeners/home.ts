import { actionIds, parsePageValue } from '../../markup/actions.js';
import { mustBeMember } from '../../operations/authorize.js';
import { answerServicesPage } from '../../queries/services.js';
import { answerShow } from '../../queries/show.js';
import { EVENTS } from '../ids.js';
import { answer, onButton, targetOf } from './answering.js';
import type { Register } from './desk.js';
import { ActionBody, HomeOpened, valueOf } from './payloads.js';
import { refreshHome } from './refresh-home.js';

/** App Home, and the buttons in it and in answers that only show something. */
export const registerHome: Register = (app, desk) => {
  const [appHomeOpened] = EVENTS;
  app.event(appHomeOpened, async ({ event }) => {
    const { user, tab } = HomeOpened.parse(event);
    if (tab === 'home') await refreshHome(desk, user);
  });

  app.action(actionIds.showService, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const actor = await mustBeMember(desk.services, pressed.user.id, 'show');
      const document = await answerShow(desk.services, actor, valueOf(pressed));
      await answer(desk, targetOf(pressed), document);
    });
  });

  app.action(actionIds.moreServices, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const actor = await mustBeMember(desk.services, pressed.user.id, 'services');
      const page = parsePageValue(valueOf(pressed));
      const document = await answerServicesPage(desk.services, actor, page);
      await answer(desk, targetOf(pressed), document);
    });
  });
};
