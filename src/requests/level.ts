import { z } from 'zod';

/** Access in plain words; which privileges of Onezone each one means is `onezone/privileges.ts`. */
export const Level = z.enum(['use', 'maintain', 'own']);
export type Level = z.infer<typeof Level>;

export const levelWords: Readonly<Record<Level, { label: string; means: string }>> = {
  use: { label: 'Use', means: 'see the service and register identifiers for their shares' },
  maintain: {
    label: 'Maintain',
    means: 'use it, and list and manage the identifiers that others registered',
  },
  own: {
    label: 'Own',
    means:
      'maintain it, change it, delete it and decide about its members: as much power as an administrator has over this service',
  },
};
