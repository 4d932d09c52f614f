import type { ClickTarget, Delivery, Person } from '../slack/server.js';
import { fillExample } from './example.js';
import { messagesIn, type Memory } from './show-slack.js';
import type { Acted } from './shown.js';
import type { Act, ActTarget } from './api.js';
import type { World } from './world.js';

/** Replays a person's act in the Slack sandbox; resolves when the bot acknowledged or Slack gave up. */
export async function doAct(world: World, memory: Memory, act: Act): Promise<Acted> {
  if (!world.people.some(({ id }) => id === act.as)) return refused('There is no such person.');
  const person = world.slack.as(act.as);
  person.confirms = true;
  try {
    return await carryOut({ world, memory, person }, act);
  } catch (error) {
    // The Slack sandbox throws where a real client offers no such action, e.g. a deleted button.
    return refused(error instanceof Error ? error.message : String(error));
  }
}

interface Scene {
  readonly world: World;
  readonly memory: Memory;
  readonly person: Person;
}

async function carryOut(scene: Scene, act: Act): Promise<Acted> {
  const { person } = scene;
  switch (act.do) {
    case 'type': {
      const thread = act.thread === undefined ? {} : { thread: act.thread };
      return typed(person, await person.types(act.text, { channel: act.channel, ...thread }));
    }
    case 'click': {
      const value = act.value === undefined ? {} : { value: act.value };
      const choice = { block: act.block, ...value };
      return judged(person, await person.clicks(targetOf(scene, act.on), act.action, choice));
    }
    case 'search':
      return search(scene, act);
    case 'fill':
      person.fills(act.values);
      return SUCCEEDED;
    case 'submit':
      return judged(person, await person.submits(act.values));
    case 'close':
      await person.closes({ all: act.all });
      return SUCCEEDED;
    case 'shortcut':
      return judged(person, await person.uses(act.id));
    case 'home':
      await person.opensHome();
      return SUCCEEDED;
    case 'messages':
      await person.opensMessages();
      return SUCCEEDED;
    case 'read':
      read(scene, act.channel);
      return SUCCEEDED;
    case 'example':
      fillExample(person);
      return SUCCEEDED;
  }
}

const CONNECTION_TROUBLE = 'We had some trouble connecting. Try again?';

const SUCCEEDED: Acted = { ok: true, trouble: null, options: [] };

const refused = (trouble: string): Acted => ({ ok: false, trouble, options: [] });

/** Slack reports an undelivered command to the person, but not an undelivered event. */
function typed(person: Person, delivery: Delivery): Acted {
  if (delivery.kind !== 'command' || delivery.outcome === 'ok') return SUCCEEDED;
  return refused(person.trouble ?? CONNECTION_TROUBLE);
}

async function search(
  { world, memory, person }: Scene,
  act: Extract<Act, { do: 'search' }>,
): Promise<Acted> {
  const { deliveries } = world.slack;
  const before = deliveries.length;
  const on = targetOf({ world, memory, person }, act.on);
  const options = await person.searches(act.action, act.text, on);
  // A text that is too short sends nothing, and `person.trouble` would be an older one.
  const sent = deliveries
    .slice(before)
    .find((delivery) => delivery.kind === 'block_suggestion' && delivery.user === person.id);
  const ok = sent === undefined || sent.outcome === 'ok';
  return { ok, trouble: ok ? null : person.trouble, options: [...options] };
}

function judged(person: Person, { outcome }: Delivery): Acted {
  if (outcome === 'ok' || outcome === 'not_delivered') return SUCCEEDED;
  return refused(person.trouble ?? CONNECTION_TROUBLE);
}

function targetOf({ world, memory, person }: Scene, on: ActTarget): ClickTarget {
  if (typeof on === 'string') return on;
  const { channel, ts, edited } = on;
  const known =
    memory.seen.find(channel, ts, edited) ??
    messagesIn(world, channel, person.id).find((message) => message.ts === ts);
  if (known === undefined) throw new Error('This message was deleted.');
  return known;
}

function read({ world, memory, person }: Scene, channel: string): void {
  memory.marks.read(person.id, channel, messagesIn(world, channel, person.id));
}
