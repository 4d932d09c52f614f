import { type Access, type Claim, isLive, newAccess } from '../access/access.js';
import {
  type Request,
  type RequestId,
  serviceOf,
  type ServiceRef,
  type Subject,
} from '../requests/request.js';
import type { Services } from '../services.js';

export async function loadAccess(
  { store }: Pick<Services, 'store'>,
  service: ServiceRef,
  onezone: string,
): Promise<Access> {
  const known = await store.accesses.load({ service: service.id, onezone });
  return known ?? newAccess(service, onezone);
}

export function mustHaveService(request: Pick<Request, 'service' | 'id'>): ServiceRef {
  const service = serviceOf(request);
  if (service === null) throw new TypeError(`${request.id} is about no service.`);
  return service;
}

/** What somebody has through the desk on a service, whichever Onezone user it was given to. */
export async function accessesOfPerson(
  { store }: Pick<Services, 'store'>,
  slack: string,
  service: string,
): Promise<readonly Access[]> {
  const all = await store.accesses.ofPerson(slack);
  return all.filter((access) => access.service.id === service);
}

export const liveClaims = (access: Access, now: Date): readonly Claim[] =>
  access.claims.filter((claim) => isLive(claim, now));

/** Claims of a person that are dropped by a request: over from this moment, whatever their end was. */
export function withDropped(
  access: Access,
  { by, slack, now }: { readonly by: RequestId; readonly slack: string | null; readonly now: Date },
): Access {
  const claims = access.claims.map((claim) =>
    isLive(claim, now) && (slack === null || claim.slack === slack)
      ? { ...claim, dropped: { by, at: now } }
      : claim,
  );
  return { ...access, version: access.version + 1, claims };
}

/** Somebody on whose access a request acts. Their Onezone user is that of the access, whoever they are linked to now. */
export async function subjectOn(
  { store }: Pick<Services, 'store'>,
  slack: string,
  { onezone }: Access,
): Promise<Subject> {
  const known = await store.directory.get(onezone);
  const { fullName: name = '', username = null } = known ?? {};
  return {
    slack,
    identity: { onezone, name: name || onezone, username, by: 'linked' },
    outcome: { kind: 'waiting' },
  };
}
