import type { Step } from '../../src/requests/step.js';

/** Names of the jobs of a step; of a message also which, and whom it is for. */
export const jobsOf = (step: Pick<Step, 'jobs'> | null): readonly string[] =>
  (step?.jobs ?? []).map(({ name, payload }) =>
    name === 'notify' ? `${payload['message'] ?? ''} → ${payload['to'] ?? ''}` : name,
  );
