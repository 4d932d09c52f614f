import { Refusal } from '../../errors.js';
import { verdictOn } from '../../operations/authorize.js';
import { mayAsk } from '../../queries/standing.js';
import type { Actor } from '../../requests/person.js';
import type { SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { ONEZONE_PICK, SERVICE_PICK } from '../surfaces/forms/form-ids.js';
import { onezoneOption } from '../surfaces/forms/onezone-option.js';
import { serviceOption } from '../surfaces/forms/service-option.js';
import type { Register } from './desk.js';
import { OptionsBody } from './payloads.js';

/** Slack takes at most a hundred; whoever does not find theirs types one letter more. */
const MAX_OPTIONS = 100;

/** Typeahead: answered from what we remember, never by asking Onezone. */
export const registerOptions: Register = (app, { services }) => {
  /** There are no words in a list: whoever may not, and who cannot be looked up now, finds nothing. */
  const may = async (user: SlackUser, says: (actor: Actor) => boolean): Promise<boolean> => {
    try {
      return says(await services.people.actor(user));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return false;
    }
  };
  app.options(SERVICE_PICK, async ({ ack, body }) => {
    const { value, user } = OptionsBody.parse(body);
    if (!(await may(user.id, (actor) => mayAskSomewhere(services, actor)))) {
      await ack({ options: [] });
      return;
    }
    const { store } = services;
    const named = await store.services.get(value.trim());
    const found =
      named === null ? await store.services.search(value, { limit: MAX_OPTIONS }) : [named];
    await ack({ options: found.map(serviceOption) });
  });
  app.options(ONEZONE_PICK, async ({ ack, body }) => {
    const { value, user } = OptionsBody.parse(body);
    // The directory of a zone is not for everyone: only who may link sees it.
    const isShown = await may(user.id, (actor) => mayLink(services, actor));
    const found = isShown ? await services.people.search(value, MAX_OPTIONS) : [];
    await ack({ options: found.map(onezoneOption) });
  });
};

const mayLink = (services: Services, actor: Actor): boolean =>
  verdictOn(services, actor, { action: 'link', service: null }).kind !== 'refused';

/** Services are offered to whoever may ask for something about one. What is one's own has forms that need no search. */
const mayAskSomewhere = (services: Services, actor: Actor): boolean =>
  services.changes.all.some(({ action }) => action !== null && mayAsk(services, actor, action));
