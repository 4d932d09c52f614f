import { type Brief, briefFor, briefLines, tokenReminder } from '../doctor/brief.js';
import { job, notice } from '../requests/jobs.js';
import type { NewJob } from '../requests/step.js';
import type { Services } from '../services.js';

const DAY_MS = 24 * 3_600_000;

/** At each start and once a day: what is not as it should be goes to the log, to `/readyz` and to the operators. */
export async function examineJob(services: Services): Promise<void> {
  const { store, log, onezone } = services;
  const findings = await services.examine();
  const now = services.now();
  for (const { check, verdict, what, why, fix } of findings) {
    if (verdict === 'ok') continue;
    log.warn({ check, verdict, why, fix }, what);
  }
  await store.examinations.put(briefLines(findings));
  const say = (brief: Brief | null): readonly NewJob[] =>
    brief === null ? [] : [notice(brief.text, { id: brief.id, now })];
  await store.jobs.add([
    ...say(briefFor(findings, now)),
    ...say(tokenReminder(onezone.known()?.token?.expiresAt ?? null, now)),
    job('examine', null, new Date(now.getTime() + DAY_MS)),
  ]);
}
