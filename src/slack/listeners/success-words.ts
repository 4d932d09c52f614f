import type { SubmissionResult } from '../../operations/submission.js';
import { type Markup, mrkdwn } from '../../markup/markup.js';
import type { Document } from '../../markup/parts.js';
import type { Submission } from '../../operations/submission.js';
import type { Request } from '../../requests/request.js';
import { withdrawnAnswer } from '../surfaces/answers.js';
import { paragraphs } from '../surfaces/forms/said.js';
import { onezoneWords } from '../../changes/words.js';
import { nameOf } from '../../people/directory-user.js';
import type { DirectoryUser } from '../../store/store.js';
import { askedAnswer } from './asked-answer.js';
import type { Desk } from './desk.js';

type Sent<Kind extends Submission['kind']> = Extract<Submission, { kind: Kind }>;

/** What is said of something that was done. Null: the person sees it anyway. */
export async function successWords(
  desk: Desk,
  submission: Submission,
  result: SubmissionResult,
): Promise<Document | null> {
  switch (submission.kind) {
    case 'prove':
      return provedWords(userWords(submission, result));
    case 'disown':
      return result.kind === 'disowned'
        ? disownedWords(userWords(submission, result), result.was)
        : null;
    case 'ask':
    case 'decide':
    case 'withdraw':
      return result.kind === 'request' ? requestWords(desk, submission, result.request) : null;
  }
}

async function requestWords(
  desk: Desk,
  submission: Sent<'ask' | 'decide' | 'withdraw'>,
  request: Request,
): Promise<Document | null> {
  switch (submission.kind) {
    case 'ask':
      return askedAnswer(desk, request);
    case 'decide':
      // The message about the request is drawn anew.
      return null;
    case 'withdraw':
      // In App Home it is seen at once; anywhere else it has to be said.
      return submission.channel === null ? null : withdrawnAnswer(request);
  }
}

function userWords({ onezone }: Sent<'prove' | 'disown'>, result: SubmissionResult): Markup {
  const known: DirectoryUser | null = 'user' in result ? result.user : null;
  const user = known ?? { id: onezone, fullName: '', username: null };
  return onezoneWords({ onezone, name: nameOf(user), username: user.username }, { full: true });
}

const provedWords = (user: Markup): Document =>
  paragraphs(
    mrkdwn`You are now linked to the Onezone user ${user}.`,
    mrkdwn`The token was not kept. Delete it in Onezone (Tokens): it is no longer needed.`,
  );

function disownedWords(user: Markup, was: boolean): Document {
  return was
    ? paragraphs(
        mrkdwn`You are no longer linked to the Onezone user ${user}, and the operators are told.`,
        mrkdwn`To say who you are type /handle link me.`,
      )
    : paragraphs(
        mrkdwn`You are not linked to the Onezone user ${user} any more. Nothing was changed.`,
      );
}
