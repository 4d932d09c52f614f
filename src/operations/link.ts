import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { atThisMoment } from './at-this-moment.js';
import { mustMay } from './authorize.js';

const MAY_LINK = { action: 'link', fresh: true } as const;

interface Pair {
  readonly slack: SlackUser;
  readonly onezone: OnezoneId;
}

/** Links that nobody else agrees to, all or none. Throws the refusal, and records that of who may not. */
export async function linkByHand(
  services: Services,
  pairs: readonly Pair[],
  by: SlackUser,
): Promise<void> {
  // Onezone is not asked for whoever may not, and while it was asked that may have changed.
  await mustMay(services, by, MAY_LINK);
  const prepared = [];
  for (const { slack, onezone } of pairs) {
    prepared.push(await services.people.prepareLink({ slack, onezone, by, how: 'by hand' }));
  }
  const known = prepared.filter((made) => made !== null);
  await atThisMoment(services, async ({ guard }) => {
    await mustMay(services, by, MAY_LINK);
    const links = known.map(({ link }) => link);
    const entries = known.map(({ entry }) => entry);
    await services.store.commit({ links, entries, guard });
  });
}

/** Whether there was a link. */
export function unlinkByHand(
  services: Services,
  { slack, by }: Record<'slack' | 'by', SlackUser>,
): Promise<boolean> {
  return atThisMoment(services, async ({ guard }) => {
    await mustMay(services, by, MAY_LINK);
    return services.people.unlink(slack, by, guard);
  });
}
