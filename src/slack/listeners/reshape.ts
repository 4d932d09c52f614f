import { REASON, reshapeAction } from '../surfaces/forms/form-ids.js';
import { drawForm } from '../surfaces/forms/draw-form.js';
import { readForm } from '../surfaces/forms/read-form.js';
import type { Desk, Register } from './desk.js';
import { ruleNote } from './open-form.js';
import { ActionBody } from './payloads.js';
import type { Change } from '../../changes/change.js';

/** Choices that give the form another shape. */
export const registerReshaping: Register = (app, desk) => {
  for (const change of desk.services.changes.all) {
    app.action(reshapeAction(change.name), async ({ ack, body }) => {
      await ack();
      const pressed = ActionBody.parse(body);
      await desk.safely({
        name: `reshape ${change.name}`,
        who: pressed.user.id,
        work: () => reshape(desk, change, pressed),
        // The form stays as it is and can be sent.
        answer: () => Promise.resolve(),
      });
    });
  }
};

async function reshape({ services, client }: Desk, change: Change, { user, view }: ActionBody) {
  if (view === undefined) return;
  const by = await services.people.actor(user.id);
  const filled = readForm(view);
  const values = { ...filled.values, [REASON]: filled.reason };
  const fields = await change.form.fields(services, { by, values });
  const drawn = drawForm(
    change,
    { fields, by, values },
    ruleNote(services, { change, by, values }),
  );
  // The hash makes Slack refuse a drawing that has been overtaken by a later choice.
  const hash = view.hash === undefined ? {} : { hash: view.hash };
  await client.views.update({ view_id: view.id, view: drawn, ...hash });
}
