import { z } from 'zod';
import type { FormValues } from '../../changes/form.js';
import { openAction, serviceValue } from '../../markup/open-button.js';
import type { Services } from '../../services.js';
import { FormValueSchema } from '../surfaces/forms/form-value.js';
import { answering, onButton, targetOf } from './answering.js';
import type { Register } from './desk.js';
import { openForm } from './open-form.js';
import { ActionBody, ShortcutBody, valueOf } from './payloads.js';

/** Buttons and shortcuts that open the form of a change. */
export const registerOffers: Register = (app, desk) => {
  for (const change of desk.services.changes.all) {
    app.action(openAction(change.name), async ({ ack, body }) => {
      await ack();
      const pressed = ActionBody.parse(body);
      const { trigger_id: trigger } = pressed;
      await onButton(desk, pressed, async () => {
        const values = await valuesOf(desk.services, valueOf(pressed));
        await openForm(desk, { change, target: targetOf(pressed), trigger, values });
      });
    });
    const { shortcut } = change.door;
    if (shortcut === undefined) continue;
    app.shortcut(shortcut, async ({ ack, body }) => {
      await ack();
      const { user, trigger_id: trigger } = ShortcutBody.parse(body);
      const target = { user: user.id };
      const work = () => openForm(desk, { change, target, trigger });
      await answering(desk, target, { name: `shortcut ${shortcut}`, work });
    });
  }
};

const OpenValues = z.record(z.string(), FormValueSchema);

/** Buttons of earlier versions carry the id of a service and nothing else. */
async function valuesOf({ store }: Services, carried: string): Promise<FormValues> {
  const values = OpenValues.safeParse(jsonOf(carried));
  return values.success ? values.data : serviceValue(await store.services.get(carried));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
