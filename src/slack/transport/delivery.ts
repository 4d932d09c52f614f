import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What Slack delivered, as far as it matters to whoever must answer it. */
type DeliveryKind =
  'command' | 'event' | 'options' | 'submission' | 'closed view' | 'click' | 'unknown';

export interface Delivery {
  readonly kind: DeliveryKind;
  /**
   * The same when Slack sends the same thing again; null for typeahead, where equal bodies are two questions.
   * Events carry an id, interactions a trigger that Slack gives out once.
   */
  readonly key: string | null;
  /** The slash command, for commands. */
  readonly command: string | null;
}

/** Reads the outside of a delivered body; null when it is not an object at all. */
export const readDelivery = (body: unknown): Delivery | null => {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return null;
  const kind = kindOf(parsed.data);
  return { kind, key: keyOf(kind, parsed.data), command: parsed.data.command ?? null };
};

const optionalText = z.string().optional().catch(undefined);
const Body = z.looseObject({
  type: optionalText,
  command: optionalText,
  event: z.unknown().optional(),
  event_id: optionalText,
  trigger_id: optionalText,
});
type Body = z.infer<typeof Body>;

const kindOf = (body: Body): DeliveryKind => {
  if (body.event !== undefined) return 'event';
  if (body.command !== undefined) return 'command';
  return kinds.get(body.type ?? '') ?? 'unknown';
};

const kinds: ReadonlyMap<string, DeliveryKind> = new Map([
  ['block_suggestion', 'options'],
  ['view_submission', 'submission'],
  ['view_closed', 'closed view'],
  ['block_actions', 'click'],
  ['shortcut', 'click'],
  ['message_action', 'click'],
]);

const keyOf = (kind: DeliveryKind, body: Body): string | null => {
  if (kind === 'options') return null;
  if (kind === 'event' && body.event_id !== undefined) return `event:${body.event_id}`;
  // Kept for a day: so not the trigger itself, with which forms can be opened.
  if (body.trigger_id !== undefined) return `trigger:${sha256(body.trigger_id)}`;
  return `body:${sha256(JSON.stringify(body))}`;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
