import { lines, type Markup, mention, moment, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { actions, context, message, type Part, section, sections } from '../../markup/parts.js';
import { levelWords } from '../../requests/level.js';
import { type Outcome, type SlackUser, subjectsWith } from '../../requests/request.js';
import type { Done, Words } from '../change.js';
import type { Facts } from '../facts.js';
import { PASSWORD_WARNING, PASSWORD_WAS_READABLE } from '../warnings.js';
import { notMeButton } from '../not-me.js';
import { andWhoApproved } from '../who-approved.js';
import {
  inOnezone,
  inOnezoneWords,
  notableLines,
  outcomeLines,
  peopleWords,
  plural,
  privilegesWords,
  progressWords,
  serviceWords,
  slackOf,
  untilWords,
} from '../words.js';
import type { GrantRequest } from './ask.js';
import { effectWords, grantBrief } from './effect-words.js';
import { endingWords } from './ending-words.js';
import { howToPublish, howToPublishButton, openOnezone } from './how-to-publish.js';

const MAX_NAMED_IN_ANNOUNCEMENT = 6;
const MAX_NAMED = 4;

export const grantWords: Words<GrantRequest> = {
  wish: (request) =>
    mrkdwn`let ${peopleWords(slackOf(request.subjects), MAX_NAMED)} ${access(request)}`,
  ownWish: access,
  brief: grantBrief,
  effect: effectWords,
  warnings: ({ ask }) => [
    mrkdwn`${PASSWORD_WARNING}`,
    ...(ask.level === 'own' ? [mrkdwn`With Own they can also ${levelWords.own.means}.`] : []),
  ],
  underWay: progressWords,
  after,
  notable: (request) => [...notable(request), ...afterwards(request)],
  result: (request) => [...grantedCount(request), ...results(request), ...afterwards(request)],
  done,
  toSubject: (request, subject, facts) => {
    const can = mrkdwn`You can now ${access(request)}.`;
    const who = mrkdwn`${inOnezoneWords([subject], 1)} ${mention(request.requester)} asked for it${andWhoApproved(request)}.`;
    return message(can, [
      section(lines([can, means(request), who])),
      ...publishing(request, facts, subject.slack),
    ]);
  },
  /** Who can do what until when. Never why: a reason was written for the approvers. */
  announcement: (request) => {
    const have = subjectsWith(request, 'done');
    const can = mrkdwn`${canUse(request, slackOf(have), MAX_NAMED_IN_ANNOUNCEMENT)}${andWhoApproved(request)}`;
    return message(can, [section(can), context(inOnezoneWords(have, MAX_NAMED_IN_ANNOUNCEMENT))]);
  },
  ending: endingWords,
  again: '/handle request',
};

/** `use *DataCite* for 90 days` */
function access(request: GrantRequest): Markup {
  const { ask, body } = request;
  return mrkdwn`${ask.level} ${serviceWords(request)} ${untilWords(body.end, ask.until)}`;
}

const means = ({ ask: { level } }: GrantRequest): Markup =>
  mrkdwn`Whoever may ${level} it can ${levelWords[level].means}.`;

/** `<@U2> can use *DataCite* until …` */
const canUse = (request: GrantRequest, people: readonly string[], named: number): Markup =>
  mrkdwn`${peopleWords(people, named)} can ${access(request)}`;

/** As whom they have it, and for whom it did not go well. */
function notable(request: GrantRequest): readonly Markup[] {
  const have = subjectsWith(request, 'done');
  const who = have.length === 0 ? [] : [inOnezoneWords(have, MAX_NAMED)];
  return [...who, ...notableLines(request)];
}

/** How many of how many, where it did not go well for all. */
function after(request: GrantRequest): Markup {
  const active = subjectsWith(request, 'done');
  const of = request.subjects.length;
  if (active.length === 0) {
    const people = peopleWords(slackOf(request.subjects), MAX_NAMED);
    return mrkdwn`The access of ${people} to ${serviceWords(request)} has ended`;
  }
  const can = canUse(request, slackOf(active), MAX_NAMED);
  return active.length === of ? can : mrkdwn`${active.length} of ${of}: ${can}`;
}

/**
 * What to do next: at a person’s first grant in full, after that behind a button. At the first one they may not know yet who somebody
 * said that they are in Onezone.
 */
function publishing(request: GrantRequest, facts: Facts, slack: SlackUser): readonly Part[] {
  if (!request.body.newcomers.includes(slack)) {
    return [actions(openOnezone(facts), howToPublishButton(request))];
  }
  const identity = request.subjects.find((subject) => subject.slack === slack)?.identity ?? null;
  const notMe = identity === null ? [] : [notMeButton(slack, identity)];
  return [...howToPublish(request.service, facts), actions(openOnezone(facts), ...notMe)];
}

function done(request: GrantRequest, facts: Facts): Done {
  const active = subjectsWith(request, 'done');
  if (active.length === 0) return noLonger(request);
  const isForMe = active.some(({ slack }) => slack === request.requester);
  const isOnlyForMe = isForMe && request.subjects.length === 1;
  return {
    headline: isOnlyForMe ? mrkdwn`You can now ${access(request)}` : after(request),
    parts: [
      ...(isOnlyForMe ? [section(means(request))] : []),
      sections(notable(request)),
      ...(isForMe ? publishing(request, facts, request.requester) : []),
    ],
    buttons: [],
  };
}

/** Its time is up before anybody was told that it began, or while Onezone does not answer. */
function noLonger(request: GrantRequest): Done {
  const isEnding = subjectsWith(request, 'ending').length > 0;
  const again = openButton('grant', {
    text: 'Request access again',
    says: `Request access to ${request.service?.name ?? ''} again`,
    values: serviceValue(request.service),
  });
  return {
    headline: isEnding
      ? mrkdwn`The time to ${access(request)} is up, and the access is being taken back`
      : mrkdwn`The time to ${access(request)} is up`,
    parts: [sections(results(request))],
    buttons: isEnding ? [] : [again],
  };
}

const results = (request: GrantRequest): readonly Markup[] =>
  outcomeLines(request, ({ identity }, outcome) => {
    const words = doneWords(request, outcome);
    return identity === null ? words : mrkdwn`${inOnezone(identity)} is ${words}`;
  });

function doneWords({ body }: GrantRequest, outcome: Extract<Outcome, { kind: 'done' }>): Markup {
  const has = mrkdwn`member with ${privilegesWords(outcome.has ?? [])}`;
  if (outcome.added?.length === 0) {
    return mrkdwn`${has}; had all of it before, nothing was added`;
  }
  return body.end === null ? mrkdwn`${has}, with no end` : mrkdwn`${has} until ${moment(body.end)}`;
}

function grantedCount(request: GrantRequest): readonly Markup[] {
  const active = subjectsWith(request, 'done').length;
  if (active === 0) return [];
  const of = request.subjects.length;
  if (of === 1) return [mrkdwn`Read back from Onezone:`];
  const people = plural(active, 'person', 'people');
  const until = untilWords(request.body.end, request.ask.until);
  return [mrkdwn`${people} of ${of} have access ${until}, read back from Onezone.`];
}

function afterwards({ subjects }: GrantRequest): readonly Markup[] {
  const isOver = subjects.every(({ outcome }) => ['ended', 'failed'].includes(outcome.kind));
  const wasThere = subjects.some(({ outcome }) => outcome.kind === 'ended');
  return isOver && wasThere ? [mrkdwn`${PASSWORD_WAS_READABLE}`] : [];
}
