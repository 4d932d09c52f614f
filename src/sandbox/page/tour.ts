import type { AuditLine } from '../../store/store.js';
import type { SlackMessage } from '../slack/server.js';
import type { AuditTrail } from './audit-trail.js';
import { auditWords } from './audit-words.js';
import { EXAMPLE_SERVICE } from './example.js';
import { namesOf } from './show-audit.js';
import type { ReadMarks } from './read-marks.js';
import type { Tour, Faults } from './shown.js';
import type { World, WorldPerson } from './world.js';

type Step = Tour['steps'][number];

export interface TourState {
  readonly world: World;
  readonly trail: AuditTrail;
  readonly faults: Faults;
  readonly marks: Pick<ReadMarks, 'hasRead'>;
  readonly open: boolean;
  /** The last `seq` before the tour began. */
  readonly since: number;
}

/** Derives from the audit which steps are done, in whatever way and order. */
export function showTour(all: TourState): Tour {
  const state = { ...all, trail: { ...all.trail, lines: since(all) } };
  const steps = [register(all), request(state), agree(state), outage(state), record(all)];
  const open = steps.findIndex((step) => !step.done);
  return { open: state.open, steps, at: open === -1 ? steps.length : open };
}

/** The other steps count only after the registration, or after the start if it was skipped. */
function since({ trail, since: before }: TourState): readonly AuditLine[] {
  const after = firstWith(trail, 'carried out', 'register')?.seq ?? before;
  return trail.lines.filter((line) => line.seq > after);
}

/** What was asked by the request of a line decides, because people are named in lines of most changes. */
const isOf = (trail: AuditTrail, change: 'register' | 'grant', line: AuditLine): boolean =>
  trail.asked(line.request)?.change === change;

const firstWith = (
  trail: AuditTrail,
  what: AuditLine['what'],
  change: 'register' | 'grant',
): AuditLine | undefined =>
  trail.lines.find((line) => line.what === what && isOf(trail, change, line));

function register({ world, trail }: TourState): Step {
  const admin = someone(world, 'administrator');
  const asked = firstWith(trail, 'asked', 'register') !== undefined;
  const done = firstWith(trail, 'carried out', 'register');
  const modal = admin === null ? null : world.slack.as(admin.id).modal;
  const isOpen = modal?.callback_id === 'form:register';
  const isFilled = JSON.stringify(modal?.values ?? {}).includes(EXAMPLE_SERVICE.name);
  return {
    title: 'Register a handle service',
    done: done !== undefined,
    parts: [
      part(`You are ${nameOf(world, admin)}. Send /handle-register.`, asked || isOpen, admin),
      part('Press “Fill in the example”: a DataCite test account.', asked || isFilled, admin),
      part('Press Register.', asked, admin),
    ],
    said:
      done === undefined
        ? null
        : `“${done.service?.name ?? ''}” is in Onezone now, and was read back before anyone was told. Its password came from the bot’s environment: nobody typed it into Slack.`,
  };
}

function request({ world, trail }: TourState): Step {
  const who = someone(world, 'researcher');
  const asked = firstWith(trail, 'asked', 'grant');
  return {
    title: 'Ask for access',
    done: asked !== undefined,
    parts: [
      part(`Become ${nameOf(world, who)} and send /handle request.`, isAsking(world, asked), who),
      part('Choose the service, say why, press Send.', asked !== undefined, who),
    ],
    said: asked === undefined ? null : whatHappened(world, trail, asked),
  };
}

function agree(state: TourState): Step {
  const { world, trail } = state;
  const curator = someone(world, 'curator');
  const approved = firstWith(trail, 'approved', 'grant');
  const done = trail.lines.find(
    (line) =>
      line.what === 'carried out' &&
      isOf(trail, 'grant', line) &&
      line.seq > (approved?.seq ?? Infinity),
  );
  return {
    title: 'Agree to it',
    done: done !== undefined,
    parts: [
      part(
        `Become ${nameOf(world, curator)} and open ${deskName(world)}: it says what approving would do.`,
        approved !== undefined || hasSeenCard(state, curator),
        curator,
      ),
      part('Press Approve.', approved !== undefined, curator),
    ],
    said:
      done === undefined
        ? null
        : `${whatHappened(world, trail, done)} Look at the member on the right, with the day it ends.`,
  };
}

function outage({ world, trail, faults }: TourState): Step {
  const kept = firstWith(trail, 'kept waiting', 'grant');
  const again = kept === undefined ? secondAsked(trail) : firstOf(trail, 'asked', kept.request);
  const approved = firstOf(trail, 'approved', again?.request ?? null);
  const researcher = someone(world, 'researcher');
  const curator = someone(world, 'curator');
  const isKept = kept !== undefined;
  const healed = isKept ? lineAfter(trail, 'carried out', kept) : undefined;
  return {
    title: 'Switch Onezone off',
    done: healed !== undefined,
    parts: [
      part(
        `Become ${nameOf(world, researcher)} and ask once more, this time for Maintain.`,
        again !== undefined,
        researcher,
      ),
      part(
        'When the card in the channel has Approve, switch “Onezone down”.',
        isKept || faults.on.down,
        null,
      ),
      part(
        `Become ${nameOf(world, curator)} and press Approve: the request is kept.`,
        isKept && approved !== undefined,
        curator,
      ),
      part('Switch Onezone on again, and wait a few seconds.', healed !== undefined, null),
    ],
    said:
      healed === undefined
        ? null
        : `Nothing was lost and nobody had to do anything: ${kept?.request ?? ''} was carried out as soon as Onezone answered.`,
  };
}

function record({ trail }: TourState): Step {
  const { check } = trail;
  const enough = trail.lines.some((line) => line.what === 'carried out');
  const done = check !== null && check.brokenAt === null && enough;
  return {
    title: 'Read the record',
    done,
    parts: [part('In the audit on the right, press “Check the chain”.', done, null)],
    said: done
      ? `All ${check.lines} lines follow one another unchanged: who asked, who agreed, what Onezone had before and after. Removing or changing one would break every hash after it.`
      : null,
  };
}

/** `as`: who does it. */
const part = (text: string, done: boolean, as: WorldPerson | null): Step['parts'][number] => ({
  text,
  done,
  as: as?.id ?? null,
});

const firstOf = (trail: AuditTrail, what: string, request: string | null) =>
  request === null
    ? undefined
    : trail.lines.find((line) => line.what === what && line.request === request);

const secondAsked = (trail: AuditTrail): AuditLine | undefined =>
  trail.lines.filter((line) => line.what === 'asked' && isOf(trail, 'grant', line))[1];

const lineAfter = (trail: AuditTrail, what: string, after: AuditLine): AuditLine | undefined =>
  trail.lines.find(
    (line) => line.what === what && line.request === after.request && line.seq > after.seq,
  );

function isAsking({ slack, people }: World, asked: AuditLine | undefined): boolean {
  const isOpen = people.some(({ id }) => slack.as(id).modal?.callback_id === 'form:grant');
  return asked !== undefined || isOpen;
}

const someone = ({ people }: World, role: WorldPerson['role']): WorldPerson | null =>
  people.find((person) => person.role === role) ?? null;

function nameOf({ slack }: World, person: WorldPerson | null): string {
  if (person === null) return 'someone else';
  return `${namesOf(slack)(person.id)} (${person.role})`;
}

const deskOf = ({ slack, channels }: World): string =>
  channels.find((id) => slack.state.channels[id]?.name === DESK) ?? channels[0] ?? '';

const deskName = (world: World): string =>
  `#${world.slack.state.channels[deskOf(world)]?.name ?? DESK}`;

const DESK = 'pid-desk';

/** Whether this person has read what the bot wrote about the first request to those who decide. */
function hasSeenCard({ world, trail, marks }: TourState, person: WorldPerson | null): boolean {
  const asked = firstWith(trail, 'asked', 'grant')?.request ?? null;
  if (asked === null || person === null) return false;
  return world.slack
    .messages(deskOf(world))
    .some((message) => isAbout(message, asked) && marks.hasRead(person.id, message));
}

/** Its buttons carry the request, whatever its words are. */
const isAbout = ({ bot_id: bot, blocks }: SlackMessage, request: string): boolean =>
  bot !== undefined && JSON.stringify(blocks).includes(request);

function whatHappened({ slack }: World, { asked }: AuditTrail, line: AuditLine): string {
  const name = namesOf(slack);
  const who = line.who === 'bot' ? 'Handle Desk' : name(line.who);
  return `${who} ${auditWords(line, { name, asked })}.`;
}
