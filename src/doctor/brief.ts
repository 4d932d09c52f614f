import { createHash } from 'node:crypto';
import { type Finding, isWrong } from './finding.js';
import { withoutTicks } from './screen.js';

/** A line for everything that is not as it should be. */
export function briefLines(findings: readonly Finding[]): {
  readonly problems: readonly string[];
  readonly others: readonly string[];
} {
  const line = ({ check, what }: Finding): string => withoutTicks(`${check}: ${what}`);
  const isProblem = ({ verdict }: Finding): boolean => verdict === 'problem';
  return {
    problems: findings.filter(isProblem).map(line),
    others: findings.filter((it) => isWrong(it) && !isProblem(it)).map(line),
  };
}

export interface Brief {
  readonly text: string;
  /** The same for the same things on the same day. */
  readonly id: string;
}

/** What operators are told once a day without asking, or null: there is nothing new to say. */
export function briefFor(findings: readonly Finding[], now: Date): Brief | null {
  const told = findings.filter((it) => isWrong(it) && it.told === 'always');
  if (told.length === 0) return null;
  const points = told.map(({ what, fix }) => `• ${what}${fix === null ? '' : ` Next: ${fix}`}`);
  const rest = 'Type `/handle doctor` to look again.';
  const text = ['The desk has looked at itself, and this needs an operator:', ...points, rest];
  // Not what only counts on: minutes, megabytes.
  const same = points.join('\n').replace(/\b\d+\b/g, '#');
  const digest = createHash('sha256').update(same).digest('hex').slice(0, 12);
  return { text: text.join('\n'), id: `examined:${now.toISOString().slice(0, 10)}:${digest}` };
}

/** Before a token ends the operators are told at these many days, once each. */
export const TOKEN_REMINDERS = [14, 7, 1] as const;
const DAY_MS = 24 * 3_600_000;

export function tokenReminder(expiresAt: Date | null, now: Date): Brief | null {
  if (expiresAt === null) return null;
  const left = expiresAt.getTime() - now.getTime();
  const due = TOKEN_REMINDERS.filter((days) => left <= days * DAY_MS).at(-1);
  if (due === undefined || left <= 0) return null;
  // Without the days left: the message would be edited each day.
  const text =
    `The desk’s Onezone token ends on ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, in less than ${due === 1 ? 'a day' : `${due} days`}. ` +
    'From then on Onezone takes nothing from the desk. ' +
    'Next: make another with `npx handle-desk token`, put it into ONEZONE_TOKEN and restart.';
  return { text, id: `token-ends:${expiresAt.toISOString()}:${due}` };
}
