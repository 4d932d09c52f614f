import type { Notice, ToTell } from '../../../chat.js';
import type { GrantRequest } from '../../../requests/request.js';
import type { Telling } from '../../../requests/step.js';
import type { Message } from '../render/message.js';
import { announcement } from './announcement.js';
import { approval } from './approval.js';
import { ended } from './ended.js';
import type { Facts } from './facts.js';
import { kept } from './kept.js';
import { notice } from './notice.js';
import { outcome } from './outcome.js';
import { reminder } from './reminder.js';
import { trouble } from './trouble.js';
import { welcome } from './welcome.js';

type Words = (telling: ToTell, facts: Facts) => Message;

const table: Readonly<Record<Telling, Words>> = {
  approval,
  outcome,
  welcome: forGrants(welcome),
  announcement: forGrants(announcement),
  kept,
  reminder,
  ended: forGrants(ended),
  trouble,
};

/** How a message reads. The same request and facts give the same message, so that an unchanged one is not edited. */
export function renderTelling(telling: ToTell | Notice, facts: Facts): Message {
  if (telling.what === 'notice') return notice(telling);
  return table[telling.what](telling, facts);
}

/** Nobody is let in by a registration: to tell of that is a mistake of ours. */
function forGrants(
  words: (telling: ToTell & { request: GrantRequest }, facts: Facts) => Message,
): Words {
  return (telling, facts) => {
    const { request } = telling;
    if (request.change !== 'grant') {
      throw new TypeError(`There is no “${telling.what}” for a request to ${request.change}.`);
    }
    return words({ ...telling, request }, facts);
  };
}
