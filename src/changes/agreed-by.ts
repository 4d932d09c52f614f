import { type Markup, mrkdwn } from '../markup/markup.js';
import { votesThatCount } from '../requests/decide.js';
import type { Request } from '../requests/request.js';
import { peopleWords } from './words.js';

const MAX_NAMED = 6;

/** `<@U1> agreed.`, or the reason why nobody had to. */
export function agreedBy(request: Pick<Request, 'decisions' | 'effect'>): Markup {
  const who = votesThatCount(request).map(({ by }) => by);
  return who.length === 0
    ? mrkdwn`The policy asks for nobody’s agreement to this.`
    : mrkdwn`${peopleWords(who, MAX_NAMED)} agreed.`;
}
