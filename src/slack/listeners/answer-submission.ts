import type { ModalView } from '@slack/types';
import type { Chat, SubmissionAnswer } from '../../chat.js';
import { type Document, message, section } from '../../markup/parts.js';
import type { Submission } from '../../operations/submission.js';
import { saidView } from '../surfaces/forms/said.js';
import { answer, errorDocument } from './answering.js';
import type { Desk } from './desk.js';
import { drawnAgain } from './drawn-again.js';
import { refreshHome } from './refresh-home.js';
import { type ErrorReply, faultReply, refusalReply } from './safely.js';
import { showView } from './show-view.js';
import { closesItself, titleOf, wroteWords } from './submission-words.js';
import { successWords } from './success-words.js';

/** What came of something that was sent or pressed, said where the person waits; rejects when they could not be told. */
export const createAnswer =
  (desk: Desk): Chat['answer'] =>
  async (submission, result) => {
    const replyUrl = desk.replyUrls.take(submission);
    try {
      const { view } = submission;
      if (view !== null && desk.waitingForms.give(view, result)) return;
      const said = await saidOf(desk, submission, result);
      if (said !== null) await reply(desk, submission, { ...said, replyUrl });
    } finally {
      await refreshHome(desk, submission.by);
    }
  };

/** The same for a form's place and for everywhere else. */
interface Said {
  readonly view: () => Promise<ModalView>;
  readonly document: Document;
}

async function saidOf(
  desk: Desk,
  submission: Submission,
  result: SubmissionAnswer,
): Promise<Said | null> {
  switch (result.kind) {
    case 'refused':
      return errorSaid(desk, submission, refusalReply(result.refusal));
    case 'fault':
      return errorSaid(desk, submission, faultReply(result.supportId));
    case 'request':
    case 'proved':
    case 'disowned': {
      const document = await successWords(desk, submission, result);
      if (document === null) return null;
      const view = saidView(titleOf(desk, submission), document);
      return { document, view: () => Promise.resolve(view) };
    }
  }
}

const errorSaid = async (desk: Desk, submission: Submission, error: ErrorReply): Promise<Said> => ({
  view: () => drawnAgain(desk, submission, error),
  document: await errorWords(desk, submission, error),
});

/** What was not done, and what was written, which is not lost with the form. */
export async function errorWords(
  desk: Desk,
  submission: Submission,
  error: ErrorReply,
): Promise<Document> {
  const { text, parts } = await errorDocument(desk, error);
  return message(text, [...parts, ...wroteWords(submission).map((words) => section(words))]);
}

/** In the form's place, below the message or command, or as a direct message. */
async function reply(
  desk: Desk,
  submission: Submission,
  said: Said & { readonly replyUrl: string | undefined },
): Promise<void> {
  const { by: user, view } = submission;
  if (view !== null && !closesItself(submission)) {
    if (await showView(desk, view, await said.view())) return;
  }
  await answer(desk, { user, responseUrl: said.replyUrl }, said.document);
}
