import { openDirectChannel } from '../directory.js';
import { appHomeOpened } from '../payloads/events.js';
import { shortcutPayload } from '../payloads/shortcut.js';
import { newTrigger } from '../triggers.js';
import type { Delivery } from '../types.js';
import { homeOf } from '../views.js';
import { checkPresent, deliver, keep, type Actor } from './actor.js';

/** Opens one of the app's two tabs; Slack says so every time. */
export function openTab(actor: Actor, tab: 'home' | 'messages'): Promise<Delivery> {
  checkPresent(actor);
  const { workspace, events, id: user } = actor;
  const channel = openDirectChannel(workspace, user).id;
  const event = appHomeOpened(workspace, { user, channel, tab, view: homeOf(workspace, user) });
  if (events.wants('app_home_opened')) return events.send(event, user);
  const parcel = { kind: 'event' as const, name: event.type, user, payload: event };
  return Promise.resolve(keep(actor, parcel, 'the app is not subscribed to app_home_opened'));
}

export function useShortcut(actor: Actor, callbackId: string): Promise<Delivery> {
  const { workspace, id: user } = actor;
  const known = workspace.manifest.shortcuts?.includes(callbackId) ?? true;
  if (!known) throw new Error(`The manifest has no global shortcut ${callbackId}.`);
  const payload = shortcutPayload(workspace, {
    user,
    callbackId,
    triggerId: newTrigger(workspace, user),
  });
  return deliver(
    actor,
    { kind: 'shortcut', name: callbackId, user, payload },
    { accept: () => null, trouble: () => 'Something went wrong with this. Try again?' },
  );
}
