import { decideAsk } from '../../workflow.js';
import { ONEZONE_PICK, onezoneOption } from '../surfaces/forms/link-form.js';
import { SERVICE_PICK, serviceOption } from '../surfaces/forms/grant-form.js';
import type { Register } from './desk.js';
import { OptionsBody } from './payloads.js';

/** Slack takes at most a hundred; whoever does not find theirs types one letter more. */
const MOST = 100;

/** Typeahead: answered from what we remember, never by asking Onezone. */
export const registerOptions: Register = (app, { services }) => {
  app.options(SERVICE_PICK, async ({ ack, body }) => {
    const { value } = OptionsBody.parse(body);
    const named = await services.store.services.get(value.trim());
    const found =
      named === null ? await services.store.services.search(value, { limit: MOST }) : [named];
    await ack({ options: found.map(serviceOption) });
  });
  app.options(ONEZONE_PICK, async ({ ack, body }) => {
    const { value, user } = OptionsBody.parse(body);
    const actor = await services.people.actor(user.id);
    // The directory of a zone is not for everyone: only who may link sees it.
    const may = decideAsk(services, actor, 'link', null).kind === 'allowed';
    const found = may ? await services.people.search(value, MOST) : [];
    await ack({ options: found.map(onezoneOption) });
  });
};
