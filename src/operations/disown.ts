import { refusals } from '../errors.js';
import { nameOf } from '../people/directory-user.js';
import { notice } from '../requests/jobs.js';
import type { OnezoneId, SlackUser } from '../requests/request.js';
import type { Services } from '../services.js';
import { recordRefusal } from './record-refusal.js';

/** Somebody says that they are not the Onezone user whom they were linked to. False: they are no longer linked to it. */
export async function disown(
  services: Services,
  {
    by,
    slack,
    onezone,
  }: { readonly by: SlackUser; readonly slack: SlackUser; readonly onezone: OnezoneId },
): Promise<boolean> {
  return recordRefusal(services, { who: by, what: 'disown a link' }, async () => {
    if (by !== slack) throw refusals.notYourLink();
    const link = await services.store.links.ofSlack(by);
    const prepared = await services.people.prepareUnlink({ slack: by, by, how: 'disowned' });
    if (link === null || prepared === null || prepared.unlink.onezone !== onezone) return false;
    const now = services.now();
    const known = await services.store.directory.get(onezone);
    const name = known === null ? onezone : `${nameOf(known)} (${known.username ?? onezone})`;
    const text = `<@${by}> says that the Onezone user ${name} is not them. <@${link.by}> had said so (${link.how}), at ${link.at.toISOString()}. The link is taken away; look whether access was given by it meanwhile: \`/handle show\`.`;
    const id = `disowned:${by}:${onezone}:${link.at.getTime()}`;
    const jobs = [notice(text, { id, now })];
    return services.store.links.remove(prepared.unlink, prepared.entry, { jobs });
  });
}
