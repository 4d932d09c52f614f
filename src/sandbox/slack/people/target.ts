import { touchables, type Touchable } from '../blockkit/touchables.js';
import { completeValues, slotOf, valued, withValue } from '../blockkit/values.js';
import { messageAt, replaceMessage, swapEphemeral } from '../conversation.js';
import { channelOf } from '../directory.js';
import type { Surface } from '../payloads/surface.js';
import type { Block } from '../blockkit/shapes.js';
import type { SlackMessage } from '../state.js';
import type { ClickChoice, ClickTarget } from '../types.js';
import { homeOf, putView, topOf } from '../views.js';
import type { Actor } from './actor.js';

export interface Found {
  readonly surface: Surface;
  readonly touched: Touchable;
}

/**
 * The element a person means. It is looked for in what this person has on the screen, which for a message may be older
 * than what is there now: that is how a second click on a decided card happens.
 * @throws Error when there is no such thing
 */
export function findTarget(
  actor: Actor,
  on: ClickTarget,
  wanted: { readonly actionId: string; readonly choice: ClickChoice },
): Found {
  const { actionId, choice } = wanted;
  const surface = surfaceOf(actor, on);
  const seen = typeof on === 'object' ? on.blocks : blocksOf(surface);
  const named = touchables(seen).filter((one) => one.actionId === actionId);
  const touched = named.find(
    ({ blockId, element }) =>
      (choice.block === undefined || choice.block === blockId) &&
      (element.type !== 'button' || choice.value === undefined || choice.value === element.value),
  );
  if (touched !== undefined) return { surface, touched };
  const names = touchables(seen).map((one) => one.actionId);
  throw new Error(`There is no ${actionId} here; there is: ${names.join(', ') || 'nothing'}.`);
}

/** Keeps a choice where Slack keeps it: in the view or with the message. */
export function rememberChoice(actor: Actor, { surface, touched }: Found, value: unknown): Surface {
  const { blockId, actionId, element } = touched;
  if (slotOf(element) === null) return surface;
  const { workspace } = actor;
  const at = { blockId, actionId };
  const state = valued(element, value);
  if (surface.on === 'view') {
    const { view } = surface;
    const changed = { ...view, values: withValue(view.values, at, state) };
    return { on: 'view', view: putView(workspace, changed) };
  }
  const { message } = surface;
  const known = completeValues(message.blocks, message.values ?? {});
  const changed = { ...message, values: withValue(known, at, state) };
  if (surface.on === 'message') replaceMessage(workspace, changed);
  else swapEphemeral(workspace, { user: actor.id, ts: message.ts }, [changed]);
  return { on: surface.on, message: changed };
}

function surfaceOf(actor: Actor, on: ClickTarget): Surface {
  const { workspace, id } = actor;
  if (on === 'modal') return viewSurface(topOf(workspace, id), 'No modal is open.');
  if (on === 'home') return viewSurface(homeOf(workspace, id), 'The Home tab is empty.');
  const mine = workspace.state.ephemerals[id] ?? [];
  if (on === 'ephemeral message') {
    const message = mine.findLast((one) => one.bot_id !== undefined);
    if (message === undefined) throw new Error('There is no ephemeral message.');
    return { on: 'ephemeral', message };
  }
  const ephemeral = mine.find((one) => one.ts === on.ts);
  if (ephemeral !== undefined) return { on: 'ephemeral', message: ephemeral };
  return { on: 'message', message: visibleMessage(actor, on) };
}

function visibleMessage({ workspace, id }: Actor, on: SlackMessage): SlackMessage {
  const channel = channelOf(workspace, on.channel);
  if (channel.kind !== 'public' && !channel.members.includes(id)) {
    throw new Error(`${id} does not see this message.`);
  }
  const message = messageAt(workspace, on.channel, on.ts);
  if (message === null) throw new Error('This message was deleted.');
  return message;
}

function viewSurface(view: ReturnType<typeof topOf>, otherwise: string): Surface {
  if (view === null) throw new Error(otherwise);
  return { on: 'view', view };
}

function blocksOf(surface: Surface): readonly Block[] {
  return surface.on === 'view' ? surface.view.blocks : surface.message.blocks;
}
