import { z } from 'zod';
import { textOf } from '../../changes/form.js';
import { cleanText } from '../../markup/clean.js';
import type { Submission } from '../../operations/submission.js';
import { RequestId } from '../../requests/request.js';
import { inputs } from '../ids.js';
import { jsonText } from '../surfaces/forms/json-text.js';
import { readValues } from '../surfaces/forms/read-values.js';
import type { SubmissionBody } from './payloads.js';

type Decide = Extract<Submission, { kind: 'decide' }>;

const Metadata = z.object({ request: RequestId, effect: z.string().nullable() });

/** What somebody decided in the review, or in the form that asks only for a reason: without a verdict in it, it denies. */
export function readDecision({ view, user }: SubmissionBody): Decide {
  const { request: id, effect } = jsonText.pipe(Metadata).parse(view.private_metadata);
  const values = readValues(view.state);
  return {
    kind: 'decide',
    id,
    effect,
    verdict: textOf(values[inputs.verdict.block]) === 'approve' ? 'approve' : 'deny',
    comment: textOf(values[inputs.comment.block]).trim(),
    by: user.id,
    view: view.id,
    channel: null,
  };
}

/** The requester reads why; blanks, or what is not seen, are no reason. */
export const decisionErrors = ({ verdict, comment }: Decide): Readonly<Record<string, string>> =>
  verdict === 'deny' && cleanText(comment) === ''
    ? { [inputs.comment.block]: 'Say why: the requester reads it.' }
    : {};
