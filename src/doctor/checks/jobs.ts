import type { Check } from '../check.js';
import { counted } from '../counted.js';
import { type Finding, ok, problem, warning } from '../finding.js';

const LAG = 'work.jobs';
const OUTBOX = 'work.outbox';

const MINUTE_MS = 60_000;
const MAX_LAG_MINUTES = 5;
const MAX_OUTBOX_MINUTES = 10;

/** Whether work is done when it is due, and messages go out. */
export const jobs: Check = {
  name: LAG,
  look: async ({ store, now }) => {
    const found = await store();
    if (found.kind !== 'open') return [];
    const [counts, outbox] = await Promise.all([
      found.store.jobs.counts(now()),
      found.store.jobs.dueSince(['notify', 'notice'], now()),
    ]);
    const since = (date: Date | null): number =>
      date === null ? 0 : Math.floor((now().getTime() - date.getTime()) / MINUTE_MS);
    return [
      ...lag(since(counts.oldestDue), counts.overdue),
      ...buried(counts.buried),
      ...messages(since(outbox)),
    ];
  },
};

const lag = (minutes: number, overdue: number): readonly Finding[] =>
  minutes < MAX_LAG_MINUTES
    ? [ok(LAG, 'Work is done when it is due.')]
    : [
        problem(LAG, {
          what: `Waiting: ${counted(overdue, 'job')}, the oldest for ${minutes} minutes.`,
          why: 'No bot runs on this database, or it cannot keep up.',
          fix: 'Start the desk, or look into its log; with PostgreSQL more replicas share the work.',
        }),
      ];

const buried = (count: number): readonly Finding[] =>
  count === 0
    ? []
    : [
        warning(LAG, {
          what: `Set aside: ${counted(count, 'message')}.`,
          why: 'They could not be drawn or sent after many tries.',
          fix: 'The log says why, under “job set aside”.',
        }),
      ];

const messages = (minutes: number): readonly Finding[] =>
  minutes < MAX_OUTBOX_MINUTES
    ? [ok(OUTBOX, 'Messages go out.')]
    : [
        warning(OUTBOX, {
          what: `A message has been waiting for ${minutes} minutes.`,
          why: 'Slack has not taken it yet.',
          fix: 'Look above for what is wrong with Slack; the log names the message.',
          told: 'elsewhere',
        }),
      ];
