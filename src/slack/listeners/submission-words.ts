import { type Markup, mrkdwn } from '../../markup/markup.js';
import type { Submission } from '../../operations/submission.js';
import { PROOF_TITLE } from '../surfaces/forms/proof-form.js';
import type { Desk } from './desk.js';

/** The form of a decision does not stay open for what comes of it, which its message shows. */
export const closesItself = ({ kind }: Submission): boolean => kind === 'decide';

/** What stands above a form and above what is said in its place. */
export function titleOf({ services }: Desk, submission: Submission): string {
  switch (submission.kind) {
    case 'ask':
      return services.changes.named(submission.change)?.form.title ?? 'Handle Desk';
    case 'decide':
      return submission.verdict === 'approve' ? 'Approve' : 'Deny';
    case 'prove':
      return PROOF_TITLE;
    case 'withdraw':
    case 'disown':
      return 'Handle Desk';
  }
}

/** Where the form cannot be drawn again what was written can at least be copied. */
export function wroteWords(submission: Submission): readonly Markup[] {
  const words = proseOf(submission);
  return words === '' ? [] : [mrkdwn`You wrote: ${words}`];
}

function proseOf(submission: Submission): string {
  switch (submission.kind) {
    case 'ask':
      return submission.reason;
    case 'decide':
      return submission.comment;
    case 'prove':
    case 'withdraw':
    case 'disown':
      return '';
  }
}
