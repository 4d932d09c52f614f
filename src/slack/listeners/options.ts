import { verdictOn } from '../../operations/authorize.js';
import { SERVICE_PICK } from '../surfaces/forms/form-ids.js';
import { ONEZONE_PICK, onezoneOption } from '../surfaces/forms/link-form.js';
import { serviceOption } from '../surfaces/forms/service-option.js';
import type { Register } from './desk.js';
import { OptionsBody } from './payloads.js';

/** Slack takes at most a hundred; whoever does not find theirs types one letter more. */
const MAX_OPTIONS = 100;

/** Typeahead: answered from what we remember, never by asking Onezone. */
export const registerOptions: Register = (app, { services }) => {
  app.options(SERVICE_PICK, async ({ ack, body }) => {
    const { value } = OptionsBody.parse(body);
    const { store } = services;
    const named = await store.services.get(value.trim());
    const found =
      named === null ? await store.services.search(value, { limit: MAX_OPTIONS }) : [named];
    await ack({ options: found.map(serviceOption) });
  });
  app.options(ONEZONE_PICK, async ({ ack, body }) => {
    const { value, user } = OptionsBody.parse(body);
    const actor = await services.people.actor(user.id);
    // The directory of a zone is not for everyone: only who may link sees it.
    const { kind } = verdictOn(services, actor, { action: 'link', service: null });
    const found = kind === 'allowed' ? await services.people.search(value, MAX_OPTIONS) : [];
    await ack({ options: found.map(onezoneOption) });
  });
};
