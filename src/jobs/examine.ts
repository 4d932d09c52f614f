import { type Brief, briefFor, briefLines, tokenReminder } from '../doctor/brief.js';
import type { Finding } from '../doctor/finding.js';
import { job, notice } from '../requests/jobs.js';
import type { NewJob } from '../requests/step.js';
import type { Services } from '../services.js';

const DAY_MS = 24 * 3_600_000;
/** While there is a problem: whoever has put it right sees so on `/readyz`. */
const SOON_MS = 15 * 60_000;

/** At each start and once a day: what is not as it should be goes to the log, to `/readyz` and to the operators. */
export async function examineJob(services: Services): Promise<void> {
  const { store, onezone } = services;
  const findings = await services.examine();
  const now = services.now();
  const lines = briefLines(findings);
  if (JSON.stringify(lines) !== JSON.stringify(await store.examinations.last())) {
    logAll(services, findings);
  }
  await store.examinations.put(lines);
  const say = (brief: Brief | null): readonly NewJob[] =>
    brief === null ? [] : [notice(brief.text, { id: brief.id, now })];
  const next = lines.problems.length === 0 ? DAY_MS : SOON_MS;
  await store.jobs.add([
    ...say(briefFor(findings, now)),
    ...say(tokenReminder(onezone.known()?.token?.expiresAt ?? null, now)),
    job('examine', null, new Date(now.getTime() + next)),
  ]);
}

function logAll({ log }: Services, findings: readonly Finding[]): void {
  for (const { check, verdict, what, why, fix } of findings) {
    if (verdict !== 'ok') log.warn({ check, verdict, why, fix }, what);
  }
}
