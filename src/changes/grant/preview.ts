import { refusals } from '../../errors.js';
import { OnezoneError } from '../../onezone/errors.js';
import { inParallel } from '../../people/in-parallel.js';
import type { Identified } from '../../people/people.js';
import type { Beneficiary, GrantRequest } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { StillUnclear } from '../still-unclear.js';

/** Onezone counts no requests, but one asker with fifty people must not take all of its workers. */
const AT_ONCE = 4;

/**
 * What the request would do, read from the zone without changing it: who the people are, and what they have now.
 * Throws refusals for what can never be carried out, and the client's errors for an outage.
 */
export async function previewGrant(
  services: Services,
  request: GrantRequest,
  known: { readonly serviceExists: boolean } = { serviceExists: false },
): Promise<GrantRequest> {
  const identified = await Promise.all(request.people.map((it) => identify(services, it)));
  // One reading tells a missing service from a missing member for everyone.
  if (!known.serviceExists) await mustExist(services, request);
  const people = await inParallel(identified, AT_ONCE, async (person): Promise<Beneficiary> => {
    const before = await services.onezone.userPrivileges(request.service.id, onezoneOf(person), {
      serviceExists: true,
    });
    return { ...person, before: before === null ? null : [...before] };
  });
  return { ...request, people: [...people] };
}

/** The Onezone user of a beneficiary who was identified. */
export function onezoneOf(person: Beneficiary): string {
  if (person.identity === null) throw refusals.notLinked(`<@${person.slack}>`);
  return person.identity.onezone;
}

/** Who someone is now: a link may have been made or moved, an account deactivated, since it was asked. */
async function identify(services: Services, person: Beneficiary): Promise<Beneficiary> {
  const found = await identifiedNow(services, person);
  switch (found.kind) {
    case 'known':
      return { ...person, identity: found.identity };
    case 'refused':
      throw found.refusal;
    case 'unknown yet':
      if (person.identity !== null) return person;
      // Says whether that is because Onezone does not answer.
      await services.onezone.connect();
      throw new StillUnclear('The users of this Onezone have not been read yet.');
  }
}

/** A grant does not wait for Slack: while it does not answer, people are who they were when it was asked. */
async function identifiedNow(services: Services, person: Beneficiary): Promise<Identified> {
  try {
    return await services.people.identify(person.slack);
  } catch (error) {
    if (person.identity === null) throw error;
    services.log.info({ err: error }, 'identified as before: they cannot be looked up now');
    return { kind: 'known', identity: person.identity };
  }
}

async function mustExist(services: Services, { service }: GrantRequest): Promise<void> {
  try {
    await services.onezone.handleService(service.id);
  } catch (error) {
    if (error instanceof OnezoneError && error.errorId === 'notFound') {
      throw refusals.serviceGone(service.name);
    }
    throw error;
  }
}
