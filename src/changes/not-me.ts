import { actionIds } from '../markup/actions.js';
import { button, type Button } from '../markup/parts.js';
import type { Identity, SlackUser } from '../requests/request.js';

/** With it a person takes back what somebody else has said: that they are this Onezone user. */
export const notMeButton = (slack: SlackUser, { name, onezone }: Identity): Button =>
  button({
    text: 'This isn’t me',
    says: `This isn’t me: take away the link to ${name} in Onezone`,
    action: actionIds.notMe,
    value: `${slack}:${onezone}`,
    style: 'danger',
  });
