import type { ClickTarget, Delivery, Person } from '../slack/server.js';
import { fillExample } from './example.js';
import { messagesIn, type Memory } from './show-slack.js';
import type { Acted } from './shown.js';
import type { Act, ActTarget } from './wishes.js';
import type { World } from './world.js';

/** Does in the small Slack what a person did on the page; resolves when the bot acknowledged or Slack gave up. */
export async function doAct(world: World, memory: Memory, act: Act): Promise<Acted> {
  if (!world.people.some(({ id }) => id === act.as)) return refused('There is no such person.');
  const person = world.slack.as(act.as);
  person.confirms = true;
  try {
    return await carryOut({ world, memory, person }, act);
  } catch (error) {
    // The small Slack throws for what its real clients do not let happen, such as a button that is gone.
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
      return fine;
    case 'submit':
      return judged(person, await person.submits(act.values));
    case 'close':
      await person.closes({ all: act.all });
      return fine;
    case 'shortcut':
      return judged(person, await person.uses(act.id));
    case 'home':
      await person.opensHome();
      return fine;
    case 'messages':
      await person.opensMessages();
      return fine;
    case 'read':
      read(scene, act.channel);
      return fine;
    case 'example':
      fillExample(person);
      return fine;
  }
}

const trouble = 'We had some trouble connecting. Try again?';

const fine: Acted = { ok: true, trouble: null, options: [] };

const refused = (trouble: string): Acted => ({ ok: false, trouble, options: [] });

/** An event that the bot does not take is Slack's own business; a command is the person's. */
function typed(person: Person, delivery: Delivery): Acted {
  if (delivery.kind !== 'command' || delivery.outcome === 'ok') return fine;
  return refused(person.trouble ?? trouble);
}

async function search(
  { world, memory, person }: Scene,
  act: Extract<Act, { do: 'search' }>,
): Promise<Acted> {
  const { deliveries } = world.slack;
  const before = deliveries.length;
  const on = targetOf({ world, memory, person }, act.on);
  const options = await person.searches(act.action, act.text, on);
  // Where the text is too short nothing is sent, and an older trouble would still be told.
  const sent = deliveries
    .slice(before)
    .find((it) => it.kind === 'block_suggestion' && it.user === person.id);
  const ok = sent === undefined || sent.outcome === 'ok';
  return { ok, trouble: ok ? null : person.trouble, options: [...options] };
}

function judged(person: Person, { outcome }: Delivery): Acted {
  if (outcome === 'ok' || outcome === 'not_delivered') return fine;
  return refused(person.trouble ?? trouble);
}

function targetOf({ world, memory, person }: Scene, on: ActTarget): ClickTarget {
  if (typeof on === 'string') return on;
  const { channel, ts, edited } = on;
  const known =
    memory.seen.find(channel, ts, edited) ??
    messagesIn(world, channel, person.id).find((it) => it.ts === ts);
  if (known === undefined) throw new Error('This message was deleted.');
  return known;
}

function read({ world, memory, person }: Scene, channel: string): void {
  memory.marks.read(person.id, channel, messagesIn(world, channel, person.id));
}
