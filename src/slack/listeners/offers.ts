import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Change } from '../../changes/change.js';
import type { FormValues } from '../../changes/form.js';
import { openAction, serviceValue } from '../../markup/open-button.js';
import { refusals } from '../../errors.js';
import { mustMay } from '../../operations/authorize.js';
import { SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { FormValueSchema } from '../surfaces/forms/form-value.js';
import { answering, onButton, targetOf } from './answering.js';
import type { Desk, Register } from './desk.js';
import { openForm } from './open-form.js';
import { ActionBody, MessageShortcutBody, ShortcutBody, valueOf } from './payloads.js';

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
    registerMessageShortcut(app, desk, change);
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

/** The form with the author of a message in it. What the message says is not looked at. */
function registerMessageShortcut(app: App, desk: Desk, change: Change): void {
  const { messageShortcut } = change.door;
  if (messageShortcut === undefined) return;
  app.shortcut({ callback_id: messageShortcut, type: 'message_action' }, async ({ ack, body }) => {
    await ack();
    const used = MessageShortcutBody.parse(body);
    const { user, trigger_id: trigger, message, response_url: responseUrl } = used;
    const target = { user: user.id, responseUrl };
    await answering(desk, target, {
      name: `shortcut ${messageShortcut}`,
      work: async () => {
        const { action, name } = change;
        await mustMay(desk.services, user.id, { action, what: action ?? name });
        const author = await authorOf(desk.services, message);
        await openForm(desk, { change, target, trigger, values: { people: [author] } });
      },
    });
  });
}

/** Throws the refusal of whoever could not get access anyway. */
async function authorOf(
  { chat }: Services,
  {
    user,
    bot_id: bot,
  }: { readonly user?: string | undefined; readonly bot_id?: string | undefined },
): Promise<SlackUser> {
  const author = SlackUser.safeParse(user);
  if (!author.success || bot !== undefined) throw refusals.notAPerson('Whoever wrote this');
  const profile = await chat.profile(author.data);
  if (!['member', 'guest'].includes(profile?.standing ?? 'stranger')) {
    throw refusals.notAPerson(`<@${author.data}>`);
  }
  return author.data;
}

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
