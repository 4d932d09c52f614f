import type { SubmissionResult } from '../../operations/submission.js';
import { code, mention, mrkdwn } from '../../markup/markup.js';
import type { Document } from '../../markup/parts.js';
import type { Submission } from '../../operations/submission.js';
import type { Request } from '../../requests/request.js';
import { unlinkedAnswer, withdrawnAnswer } from '../surfaces/answers.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { statusOf } from '../../changes/request-words.js';
import { askedAnswer } from './asked-answer.js';
import type { Desk } from './desk.js';

type Sent<Kind extends Submission['kind']> = Extract<Submission, { kind: Kind }>;

/** What is said of something that was done. Null: the person sees it anyway. */
export async function successWords(
  { services }: Desk,
  submission: Submission,
  result: SubmissionResult,
): Promise<Document | null> {
  switch (submission.kind) {
    case 'link':
      return linkedWords(submission);
    case 'unlink':
      return unlinkedAnswer(submission.slack, result.kind === 'unlinked' && result.was);
    case 'ask':
    case 'decide':
    case 'withdraw':
      return result.kind === 'request' ? requestWords(services, submission, result.request) : null;
  }
}

async function requestWords(
  services: Desk['services'],
  submission: Sent<'ask' | 'decide' | 'withdraw'>,
  request: Request,
): Promise<Document | null> {
  switch (submission.kind) {
    case 'ask':
      return askedAnswer(services, request);
    case 'decide':
      return submission.view === null ? null : decidedWords(request);
    case 'withdraw':
      // In App Home it is seen at once; anywhere else it has to be said.
      return submission.channel === null ? null : withdrawnAnswer(request);
  }
}

/** Not after a click: the message with the button is drawn anew. */
const decidedWords = (request: Request): Document =>
  paragraphs(mrkdwn`${request.id}: ${statusOf(request).word}.`);

const linkedWords = ({ slack, onezone }: Sent<'link'>): Document =>
  paragraphs(mrkdwn`${mention(slack)} is now linked to the Onezone user ${code(onezone)}.`);
