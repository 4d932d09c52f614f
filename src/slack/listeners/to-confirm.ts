import { type FormValues, listOf } from '../../changes/form.js';
import { verdictOn } from '../../operations/authorize.js';
import type { Actor } from '../../requests/person.js';
import type { Identity, SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import type { FormNotes } from '../surfaces/forms/draw-form.js';

/** The people of a form whom only an e-mail address connects to a Onezone user. Null for those who may not link. */
export async function toConfirm(
  services: Services,
  by: Actor,
  values: FormValues,
): Promise<NonNullable<FormNotes['confirm']> | null> {
  if (verdictOn(services, by, { action: 'link', service: null }).kind !== 'allowed') return null;
  const people = [...new Set(Object.values(values).flatMap(listOf))];
  const matches = (await Promise.all(people.map((slack) => matchOf(services, slack)))).flat();
  const said = matches.map(
    ({ name, identity }) =>
      `${name} is ${identity.name} (${identity.username ?? identity.onezone}) in Onezone`,
  );
  return {
    pairs: matches.map(({ slack, identity }) => `${slack}:${identity.onezone}`),
    says: `By e-mail address: ${said.join('; ')}.`,
  };
}

interface Match {
  readonly slack: SlackUser;
  readonly name: string;
  readonly identity: Identity;
}

async function matchOf({ people, chat }: Services, slack: SlackUser): Promise<readonly Match[]> {
  const said = await people.identify(slack);
  if (said.kind !== 'known' || said.identity.by !== 'proposed') return [];
  const profile = await chat.profile(slack);
  return [{ slack, name: profile?.name ?? slack, identity: said.identity }];
}
