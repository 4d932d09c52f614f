import { type Markup, mention, moment, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { actions, type Button, message, section } from '../../markup/parts.js';
import type { Subject } from '../../requests/request.js';
import type { Words } from '../change.js';
import { lateWords, leftForYou, serviceWords } from '../words.js';
import type { GrantRequest } from './ask.js';

/** What is said before and at the end of access: what can be done about it, and what is left. */
export const endingWords: NonNullable<Words<GrantRequest>['ending']> = {
  warning: (request, { slack }) => {
    const { end } = request.body;
    if (end === null) return null;
    const what = mrkdwn`Your access to ${serviceWords(request)} ends ${moment(end)}.`;
    const next = mrkdwn`Still needed? Extend it: it goes on without a break. Done already? Give it back.`;
    return message(what, [
      section(mrkdwn`⏳ ${what} ${next}`),
      actions(extendButton(request, slack), doneButton(request)),
    ]);
  },
  ended: (request, subject, isOwn) => {
    if (subject.outcome.kind !== 'ended') return null;
    const whose = isOwn ? mrkdwn`Your access` : mrkdwn`The access of ${mention(subject.slack)}`;
    const late = lateWords(subject.outcome);
    const to = mrkdwn`${whose} to ${serviceWords(request)}`;
    const what =
      subject.outcome.left === 'access by another request'
        ? mrkdwn`${to} by ${request.id} has ended${late}.`
        : mrkdwn`${to} has ended${late}.`;
    const left = leftFor(subject);
    return message(what, [section(mrkdwn`🏁 ${what} ${left}`), actions(againButton(request))]);
  },
};

function leftFor({ outcome, before }: Subject): Markup {
  return outcome.kind === 'ended' ? leftForYou(outcome.left, before ?? null) : mrkdwn``;
}

const extendButton = (request: GrantRequest, slack: string): Button =>
  openButton('extend', {
    text: 'Extend…',
    says: `Extend the access to ${request.service?.name ?? ''}`,
    style: 'primary',
    values: { access: `${request.id}:${slack}` },
  });

const doneButton = (request: GrantRequest): Button =>
  openButton('release', {
    text: 'I’m done',
    says: `I’m done: give back the access to ${request.service?.name ?? ''}`,
    values: request.service?.id == null ? {} : { service: request.service.id },
  });

const againButton = (request: GrantRequest): Button =>
  openButton('grant', {
    text: 'Request access again',
    says: `Request access to ${request.service?.name ?? ''} again`,
    values: serviceValue(request.service),
  });
