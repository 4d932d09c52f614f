import { serviceNamed, servicesPage, showService } from '../../queries/services.js';
import { mustBeMember } from '../../workflow.js';
import { showAnswer } from '../surfaces/answers/show.js';
import { servicesAnswer, SERVICES_A_PAGE } from '../surfaces/answers/services.js';
import { actionIds, EVENTS, parsePageValue } from '../ids.js';
import { answer, onButton, placeOf } from './answering.js';
import type { Register } from './desk.js';
import { openGrantForm } from './grant.js';
import { ActionBody, HomeOpened, valueOf } from './payloads.js';
import { refreshHome } from './refresh-home.js';
import { openRegisterForm } from './register.js';

/** App Home, and the buttons that stand in it and in answers. */
export const registerHome: Register = (app, desk) => {
  const [appHomeOpened] = EVENTS;
  app.event(appHomeOpened, async ({ event }) => {
    const { user, tab } = HomeOpened.parse(event);
    if (tab === 'home') await refreshHome(desk, user);
  });

  app.action(actionIds.openGrant, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const known = await desk.services.store.services.get(valueOf(pressed));
      const values = known === null ? {} : { service: { id: known.id, name: known.name } };
      await openGrantForm(desk, { by: pressed.user.id, trigger: pressed.trigger_id, values });
    });
  });

  app.action(actionIds.openRegister, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, () =>
      openRegisterForm(desk, { by: pressed.user.id, trigger: pressed.trigger_id, values: {} }),
    );
  });

  app.action(actionIds.showService, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      const actor = await mustBeMember(desk.services, pressed.user.id, 'show');
      const known = await serviceNamed(desk.services, valueOf(pressed));
      const shown = await showService(desk.services, actor, known);
      await answer(desk, placeOf(pressed), showAnswer(shown));
    });
  });

  app.action(actionIds.moreServices, async ({ ack, body }) => {
    await ack();
    const pressed = ActionBody.parse(body);
    await onButton(desk, pressed, async () => {
      await mustBeMember(desk.services, pressed.user.id, 'services');
      const page = { ...parsePageValue(valueOf(pressed)), limit: SERVICES_A_PAGE };
      const found = await servicesPage(desk.services, page);
      await answer(desk, placeOf(pressed), servicesAnswer(found));
    });
  });
};
