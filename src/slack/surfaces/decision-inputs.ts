import type { KnownBlock } from '@slack/types';
import type { Refusal } from '../../errors.js';
import { cut } from '../../markup/cut.js';
import type { Request } from '../../requests/request.js';
import { inputs } from '../ids.js';
import { input, option, radioButtons, textInput } from './render/inputs.js';

export interface Review {
  readonly request: Request;
  /** Earlier requests about these people and this service, newest first. */
  readonly history: readonly Request[];
  /** What `decide` says to this person: null where they may. What they may not is not offered. */
  readonly refused: { readonly approve: Refusal | null; readonly deny: Refusal | null };
}

/** What somebody had chosen and written when it could not be taken. */
export interface Draft {
  readonly verdict: 'approve' | 'deny';
  readonly comment: string;
}

/** A form that is drawn once more, and why. */
export type Filled = Draft & { readonly notice: string };

/** As much as every message shows of it. */
const MAX_COMMENT_LENGTH = 500;

type Choice = ReturnType<typeof option>;

/** What this person may not is not offered, and nobody can agree to what is not known. */
export function choicesOf({ request, refused }: Review): Choice[] {
  const approve = option({
    text: 'Approve',
    value: 'approve',
    description: 'Do what stands above under “What approving would do”.',
  });
  const deny = option({ text: 'Deny', value: 'deny', description: 'Nothing is changed.' });
  return [
    ...(refused.approve === null && request.effect !== null ? [approve] : []),
    ...(refused.deny === null ? [deny] : []),
  ];
}

export function decisionInputs(
  choices: Choice[],
  filled: Filled | undefined,
): readonly KnownBlock[] {
  const chosen = choices.find((choice) => choice.value === filled?.verdict);
  return [
    input({
      block: inputs.verdict.block,
      label: 'Your decision',
      element: {
        ...radioButtons(inputs.verdict.action, choices),
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      },
    }),
    input({
      block: inputs.comment.block,
      label: 'Comment',
      hint: 'Needed to deny: the requester reads why. When you approve you may leave it out.',
      optional: true,
      element: commentInput('What the requester should know', filled),
    }),
  ];
}

export function commentInput(
  placeholder: string,
  filled: Filled | undefined,
): ReturnType<typeof textInput> {
  const empty = textInput(inputs.comment.action, { placeholder, max: MAX_COMMENT_LENGTH });
  const { comment = '' } = filled ?? {};
  return comment === '' ? empty : { ...empty, initial_value: cut(comment, MAX_COMMENT_LENGTH) };
}
