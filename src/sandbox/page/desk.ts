import { createAccess } from './access.js';
import { createAuditTrail } from './audit-trail.js';
import { doAct } from './do-act.js';
import { createReadMarks } from './read-marks.js';
import { createSeenMessages } from './seen-messages.js';
import { showAudit } from './show-audit.js';
import { showDirectory } from './show-directory.js';
import { showSlack, type Memory } from './show-slack.js';
import { showCalls, showZone } from './show-zone.js';
import type { Acted, FaultName } from './shown.js';
import { createStreams, type Show, type Streams } from './stream.js';
import { showTour } from './tour.js';
import { createFaultSwitches } from './fault-switches.js';
import type { Act } from './api.js';
import type { World } from './world.js';

/** The page's server without HTTP. */
export interface Desk {
  readonly streams: Streams;
  knows(person: string): boolean;
  /** The person a new visitor acts as. */
  readonly first: string;
  act(act: Act): Promise<Acted>;
  setFault(name: FaultName, on: boolean): void;
  bot(what: 'kill' | 'start'): Promise<void>;
  /** Verifies the hash chain of the whole audit. */
  checkChain(): Promise<void>;
  stop(): void;
}

export async function createDesk(
  world: World,
  { tour: open }: { readonly tour: boolean },
): Promise<Desk> {
  const { slack, zone, bot, people } = world;
  const access = createAccess();
  const trail = createAuditTrail(world, access.take);
  await trail.refresh();
  const since = trail.lines.at(-1)?.seq ?? 0;
  const faults = createFaultSwitches(world);
  const memory: Memory = { marks: createReadMarks(allMessages(world)), seen: createSeenMessages() };
  const show: Show = (as) => ({
    directory: showDirectory(world),
    slack: showSlack(world, memory, as),
    zone: showZone(zone, access),
    calls: showCalls(zone),
    audit: showAudit(trail, slack),
    faults: faults.show(),
    tour: showTour({ world, trail, marks: memory.marks, faults: faults.show(), open, since }),
  });
  const streams = createStreams(show);
  const { changed } = streams;
  const ends = [
    slack.on(changed),
    zone.on(changed),
    bot.on(changed),
    world.onAudit(() => void trail.refresh().then(changed)),
  ];
  return {
    streams,
    knows: (person) => people.some(({ id }) => id === person),
    first: people[0]?.id ?? '',
    async act(act) {
      const acted = await doAct(world, memory, act);
      changed();
      return acted;
    },
    setFault(name, on) {
      faults.set(name, on);
      changed();
    },
    bot: (what) => (what === 'kill' ? bot.kill() : bot.start()),
    async checkChain() {
      await trail.refresh();
      await trail.checkChain();
      changed();
    },
    stop() {
      for (const end of ends) end();
      streams.stop();
    },
  };
}

const allMessages = ({ slack: { state } }: World) =>
  [...Object.values(state.messages), ...Object.values(state.ephemerals)].flat();
