import { rolesOf } from '../requests/decide.js';
import type { Actor } from '../requests/person.js';
import type { Services } from '../services.js';
import type { WhoShown } from './data.js';
import { help } from './help.js';

export async function whoami(services: Services, actor: Actor): Promise<WhoShown> {
  const said = await services.people.identify(actor.id);
  const why =
    said.kind === 'known'
      ? null
      : said.kind === 'refused'
        ? said.refusal.message
        : 'The list of Onezone’s users is still being read.';
  return {
    slack: actor.id,
    identity: said.kind === 'known' ? said.identity : null,
    why,
    roles: rolesOf(services.policy.current(), actor),
    may: help(services, actor),
  };
}
