import { mention, mrkdwn } from '../../markup/markup.js';
import { openButton, serviceValue } from '../../markup/open-button.js';
import { section } from '../../markup/parts.js';
import type { Words } from '../change.js';
import { leftForYou, notableLines, outcomeLines, progressWords, serviceWords } from '../words.js';
import { goneWords } from '../revoke/words.js';
import type { ReleaseRequest } from './index.js';

export const releaseWords: Words<ReleaseRequest> = {
  wish: (request) => mrkdwn`give back the own access to ${serviceWords(request)}`,
  ownWish: (request) => mrkdwn`give back the own access to ${serviceWords(request)}`,
  brief: () => [],
  effect: () => ({ facts: [], lines: [] }),
  warnings: () => [],
  underWay: progressWords,
  after: (request) =>
    mrkdwn`${mention(request.requester)} gave back the access to ${serviceWords(request)}`,
  notable: notableLines,
  result: (request) => outcomeLines(request, (_, outcome) => goneWords(outcome)),
  done: (request) => {
    const [first] = request.subjects;
    const left =
      first?.outcome.kind === 'done'
        ? leftForYou(first.outcome.left ?? 'nothing', first.outcome.has)
        : mrkdwn``;
    return {
      headline: mrkdwn`Given back: your access to ${serviceWords(request)} has ended. Thank you.`,
      parts: [section(left)],
      buttons: [
        openButton('grant', {
          text: 'Request access again',
          says: `Request access to ${request.service?.name ?? ''} again`,
          values: serviceValue(request.service),
        }),
      ],
    };
  },
  toSubject: () => null,
  announcement: () => null,
  again: '/handle done',
};
