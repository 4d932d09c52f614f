import type { Request } from './requests/request.js';
import type { Step } from './requests/step.js';
import type { Services } from './services.js';
import type { Writes } from './store/store.js';

/** The only way in which a request moves: stored whole, logged in one line, and what must happen next is looked at now. */
export async function commit(
  { store, log, wake }: Pick<Services, 'store' | 'log' | 'wake'>,
  step: Step,
  writes: Writes = {},
): Promise<Request> {
  const stored = await store.requests.commit(step, writes);
  wake();
  const { what, who } = step.entry;
  log.info({ request: stored.id, what, who, status: stored.status }, 'request moved');
  return stored;
}
