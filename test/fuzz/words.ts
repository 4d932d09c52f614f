import fc from 'fast-check';
import { Refusal } from '../../src/errors.js';
import { parseDecisionValue, parsePageValue } from '../../src/markup/actions.js';
import { isEmailAddress, normaliseEmail } from '../../src/onezone/email.js';
import { parseDuration } from '../../src/requests/duration.js';
import { SlackUser } from '../../src/requests/request.js';
import { COMMAND_LIMIT, parseCommand, parseWords } from '../../src/slack/listeners/command-text.js';
import { decisionOf, requestIdIn } from '../../src/slack/listeners/decision-of.js';
import { text } from './inputs.js';
import { must, orRefuses, type Property, property } from './property.js';

function mustBeWords({ people, rest }: ReturnType<typeof parseWords>): void {
  must(new Set(people).size === people.length, 'somebody is named twice');
  must(
    people.every((it) => SlackUser.safeParse(it).success),
    'somebody is no user',
  );
  must(rest.length <= COMMAND_LIMIT, 'more than may be typed');
  must(rest === rest.trim() && !/\s\s|[^\S ]/.test(rest), 'space is not folded');
}

/** What is typed. */
export const wordProperties: readonly Property[] = [
  property('a command', text, (typed) => {
    const { word, ...words } = parseCommand(typed);
    must(!/[\s<]/.test(word), 'the first word is more than a word');
    mustBeWords(words);
  }),
  property('a command without a first word', text, (typed) => {
    mustBeWords(parseWords(typed));
  }),
  property(
    'a duration',
    fc.oneof(text, fc.stringMatching(/^P?[0-9]{0,6}[hdwDWTHM]{0,3}[0-9]{0,6}[HM]?$/)),
    (typed) => {
      const ms = parseDuration(typed);
      must(ms === null || (Number.isSafeInteger(ms) && ms > 0), 'this is no duration');
    },
  ),
  property('a request’s id', text, (typed) => {
    const id = orRefuses(() => requestIdIn(typed), Refusal);
    must(id === undefined || /^R-[0-9A-Z]+$/.test(id), 'this is no id');
  }),
  property('what a button of a request carries', text, (value) => {
    orRefuses(() => decisionOf(value), Refusal);
    parseDecisionValue(value);
  }),
  property('what “Show more” carries', text, (value) => {
    const { offset } = parsePageValue(value);
    must(Number.isSafeInteger(offset) && offset >= 0, 'this is no offset');
  }),
  property('an e-mail address', text, (address) => {
    const once = normaliseEmail(address);
    must(normaliseEmail(once) === once, 'normalised twice it is another');
    if (isEmailAddress(address)) must(normaliseEmail(` ${address}\n`) === once, 'space counts');
  }),
];
