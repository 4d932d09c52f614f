import { userOf } from '../directory.js';
import type { Accept, Courier, Parcel } from '../delivery/courier.js';
import type { EventSender } from '../delivery/event-sender.js';
import type { Option } from '../blockkit/shapes.js';
import type { Delivery } from '../types.js';
import type { Workspace } from '../workspace.js';

/** One person at work: what the doings of a person have in common. */
export interface Actor {
  readonly id: string;
  readonly workspace: Workspace;
  readonly courier: Courier;
  readonly events: EventSender;
  confirms: boolean;
  trouble: string | null;
  /** By action_id: the options the bot offered to this person's searches. */
  readonly offered: Map<string, readonly Option[]>;
}

/** @throws Error when the person is deactivated and so cannot do a thing */
export function checkPresent(actor: Actor): void {
  const user = userOf(actor.workspace, actor.id);
  if (user.deleted) throw new Error(`${user.name} is deactivated.`);
}

/** Sends it, and remembers what the person is shown if that goes wrong. */
export async function deliver(
  actor: Actor,
  parcel: Parcel,
  how: { readonly accept: Accept; readonly trouble: (delivery: Delivery) => string },
): Promise<Delivery> {
  checkPresent(actor);
  const delivery = await actor.courier.deliver(parcel, how.accept);
  actor.trouble = delivery.outcome === 'ok' ? null : how.trouble(delivery);
  return delivery;
}

export function keep(actor: Actor, parcel: Parcel, why: string): Delivery {
  checkPresent(actor);
  return actor.courier.keep(parcel, why);
}
