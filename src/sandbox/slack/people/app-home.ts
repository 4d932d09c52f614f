import { openDirectChannel } from '../directory.js';
import { appHomeOpened } from '../payloads/events.js';
import { messageActionPayload, shortcutPayload } from '../payloads/shortcut.js';
import { newResponseUrl } from '../responses.js';
import type { SlackMessage } from '../state.js';
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

/** From the menu of a message: Slack gives the whole message to the app, also where it is not in the channel. */
export function useOnMessage(
  actor: Actor,
  callbackId: string,
  message: SlackMessage,
): Promise<Delivery> {
  const { workspace, id: user } = actor;
  const known = workspace.manifest.messageShortcuts?.includes(callbackId) ?? true;
  if (!known) throw new Error(`The manifest has no message shortcut ${callbackId}.`);
  const { channel, ts } = message;
  const original = { ts, ephemeral: false };
  const payload = messageActionPayload(workspace, {
    user,
    callbackId,
    message,
    triggerId: newTrigger(workspace, user),
    responseUrl: newResponseUrl(workspace, { kind: 'action', user, channel, original }),
  });
  return deliver(
    actor,
    { kind: 'shortcut', name: callbackId, user, payload },
    { accept: () => null, trouble: () => 'Something went wrong with this. Try again?' },
  );
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
