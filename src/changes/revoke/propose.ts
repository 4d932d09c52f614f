import { refusals } from '../../errors.js';
import type { Access } from '../../access/access.js';
import type { ServiceRef, SlackUser, Subject } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { accessesOfPerson, liveClaims, subjectOn } from '../on-access.js';
import type { RevokeBody } from './ask.js';

/** Everything these people have on a service through the desk. Throws for whoever has nothing. */
export async function accessToDrop(
  services: Services,
  service: ServiceRef,
  people: readonly SlackUser[],
): Promise<{ readonly subjects: readonly Subject[]; readonly body: RevokeBody }> {
  const now = services.now();
  const found = await Promise.all(
    [...new Set(people)].map(async (slack) => {
      const accesses = await ofPerson(services, slack, service.id);
      const live = accesses.filter((access) => liveClaims(access, now).length > 0);
      if (live.length === 0) throw refusals.noAccess(`<@${slack}>`, service.name);
      return live.map((access) => ({ slack, access }));
    }),
  );
  const all = found.flat();
  return {
    subjects: await Promise.all(all.map(({ slack, access }) => subjectOn(services, slack, access))),
    body: {
      claims: all.flatMap(({ slack, access }) =>
        liveClaims(access, now).map(({ request, level, until }) => ({
          slack,
          onezone: access.onezone,
          request,
          level,
          until,
        })),
      ),
    },
  };
}

/** Asked for by this person, or given to the Onezone user whom they are linked to now. */
async function ofPerson(
  services: Services,
  slack: SlackUser,
  service: string,
): Promise<readonly Access[]> {
  const own = await accessesOfPerson(services, slack, service);
  const link = await services.store.links.ofSlack(slack);
  if (link === null || own.some((access) => access.onezone === link.onezone)) return own;
  const linked = await services.store.accesses.load({ service, onezone: link.onezone });
  return linked === null ? own : [...own, linked];
}
