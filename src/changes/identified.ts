import { OutcomePending, type Refusal, refusals } from '../errors.js';
import type { Identified } from '../people/people.js';
import type { SlackUser, Subject } from '../requests/request.js';
import type { Services } from '../services.js';

/** The people of a request, as far as it can be said now who they are in Onezone. Throws all refusals at once. */
export async function identifyAll(
  services: Services,
  people: readonly SlackUser[],
): Promise<readonly Subject[]> {
  const found = await Promise.all(
    [...new Set(people)].map(async (slack) => ({
      slack,
      identified: await services.people.identify(slack),
    })),
  );
  const refused = found.flatMap(({ identified }) =>
    identified.kind === 'refused' ? [identified.refusal] : [],
  );
  const [first] = refused;
  if (first !== undefined) throw refused.length === 1 ? first : several(refused);
  return found.map(({ slack, identified }) => ({
    slack,
    identity: identified.kind === 'known' ? identified.identity : null,
    outcome: { kind: 'waiting' },
  }));
}

/** Who somebody is now: a link may have been made or moved, an account deactivated, since it was asked. */
export async function identifyAgain(services: Services, subject: Subject): Promise<Subject> {
  const identified = await identifiedNow(services, subject);
  switch (identified.kind) {
    case 'known':
      return { ...subject, identity: identified.identity };
    case 'refused':
      throw identified.refusal;
    case 'unknown yet':
      if (subject.identity !== null) return subject;
      // Says whether that is because Onezone does not answer.
      await services.onezone.connect();
      throw new OutcomePending('The users of this Onezone have not been read yet.');
  }
}

/** The Onezone user of somebody who was identified. */
export function onezoneOf({ slack, identity }: Subject): string {
  if (identity === null) throw refusals.notLinked(`<@${slack}>`);
  return identity.onezone;
}

/** Carrying out does not wait for Slack: while it does not answer, people are who they were when it was asked. */
async function identifiedNow(
  services: Services,
  { slack, identity }: Subject,
): Promise<Identified> {
  try {
    return await services.people.identify(slack);
  } catch (error) {
    if (identity === null) throw error;
    services.log.info({ err: error }, 'identified as before: they cannot be looked up now');
    return { kind: 'known', identity };
  }
}

const several = (all: readonly Refusal[]): Refusal =>
  refusals.badForm({
    people: all.map((refusal) => `${refusal.message} ${refusal.next}`).join(' '),
  });
