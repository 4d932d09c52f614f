import { createAccess } from './access.js';
import { createAuditTrail } from './audit-trail.js';
import { doAct } from './do-act.js';
import { createReadMarks } from './read-marks.js';
import { createSeenMessages } from './seen-messages.js';
import { showAudit } from './show-audit.js';
import { showDirectory } from './show-directory.js';
import { showSlack, type Memory } from './show-slack.js';
import { showCalls, showZone } from './show-zone.js';
import type { Acted, WeatherName } from './shown.js';
import { createStreams, type Show, type Streams } from './stream.js';
import { showTour } from './tour.js';
import { createWeather } from './weather.js';
import type { Act } from './wishes.js';
import type { World } from './world.js';

/** What the page's server does, without HTTP: shows the world, and changes it as asked. */
export interface Desk {
  readonly streams: Streams;
  knows(person: string): boolean;
  /** Who is shown first. */
  readonly first: string;
  act(act: Act): Promise<Acted>;
  turn(name: WeatherName, on: boolean): void;
  bot(what: 'kill' | 'start'): Promise<void>;
  /** What has happened up to now was there before the visitor: it is read, and no part of the tour. */
  begin(): Promise<void>;
  /** Follows the whole chain of the audit. */
  look(): Promise<void>;
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
  let since = trail.lines.at(-1)?.seq ?? 0;
  const weather = createWeather(world);
  let memory: Memory = { marks: createReadMarks(allMessages(world)), seen: createSeenMessages() };
  const show: Show = (as) => ({
    directory: showDirectory(world),
    slack: showSlack(world, memory, as),
    zone: showZone(zone, access),
    calls: showCalls(zone),
    audit: showAudit(trail, slack),
    weather: weather.show(),
    tour: showTour({ world, trail, weather: weather.show(), open, since }),
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
    turn(name, on) {
      weather.turn(name, on);
      changed();
    },
    bot: (what) => (what === 'kill' ? bot.kill() : bot.start()),
    async begin() {
      await trail.refresh();
      since = trail.lines.at(-1)?.seq ?? 0;
      memory = { ...memory, marks: createReadMarks(allMessages(world)) };
      changed();
    },
    async look() {
      await trail.refresh();
      await trail.look();
      changed();
    },
    stop() {
      for (const end of ends) end();
      streams.stop();
    },
  };
}

const allMessages = ({ slack }: World) => Object.values(slack.state.messages).flat();
