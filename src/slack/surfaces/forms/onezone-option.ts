import type { DirectoryUser } from '../../../store/store.js';
import { option } from '../render/inputs.js';

/** People share names: user name, e-mail address and id tell them apart. */
export function onezoneOption(user: DirectoryUser) {
  const facts = [user.username, user.emails[0], user.id].filter(
    (fact) => fact !== null && fact !== undefined,
  );
  return option({ text: user.fullName, value: user.id, description: facts.join(' · ') });
}
