import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { atThisMoment } from './at-this-moment.js';
import { mustMay } from './authorize.js';

const MAY_LINK = { action: 'link', fresh: true } as const;

/** A link that nobody else agrees to. Throws the refusal, and records that of who may not. */
export async function linkByHand(
  services: Services,
  { slack, onezone, by }: Record<'slack' | 'by', SlackUser> & { readonly onezone: OnezoneId },
): Promise<void> {
  // Onezone is not asked for whoever may not, and while it was asked that may have changed.
  await mustMay(services, by, MAY_LINK);
  const prepared = await services.people.prepareLink({ slack, onezone, by, how: 'by hand' });
  await atThisMoment(services, async ({ guard }) => {
    await mustMay(services, by, MAY_LINK);
    if (prepared === null) return;
    await services.store.commit({ links: [prepared.link], entries: [prepared.entry], guard });
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
