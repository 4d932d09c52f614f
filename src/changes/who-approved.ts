import { type Markup, mrkdwn } from '../markup/markup.js';
import { votesThatCount } from '../requests/decide.js';
import type { Request } from '../requests/request.js';
import { peopleWords } from './words.js';

const MAX_NAMED = 6;

/** ` · <@U1> approved`; empty where the policy asked for nobody’s agreement. */
export function andWhoApproved(request: Pick<Request, 'decisions' | 'effect'>): Markup {
  const who = votesThatCount(request).map(({ by }) => by);
  return who.length === 0 ? mrkdwn`` : mrkdwn` · ${peopleWords(who, MAX_NAMED)} approved`;
}
