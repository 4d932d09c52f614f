import { listOf, textOf } from '../../../changes/form.js';
import type { Submission } from '../../../operations/submission.js';
import { CONFIRM, REASON } from './form-ids.js';
import type { HeldValues } from './form-value.js';
import { readMetadata } from './metadata.js';
import { blocksIn, readValues } from './read-values.js';

/** What somebody typed and chose in the form of a change. Nothing is checked here. */
export interface FilledForm {
  readonly values: HeldValues;
  readonly reason: string;
  readonly confirm: Extract<Submission, { kind: 'ask' }>['confirm'];
  /** Ids of the blocks that it shows: a problem can be said only below one of these. */
  readonly blocks: readonly string[];
}

export function readForm(view: {
  readonly state?: unknown;
  readonly private_metadata: string;
}): FilledForm {
  const { remembered, confirm } = readMetadata(view.private_metadata);
  const { [REASON]: reason, [CONFIRM]: isConfirmed, ...own } = readValues(view.state);
  const values = { ...remembered, ...own };
  return {
    values,
    reason: textOf(reason),
    confirm: isConfirmed === true ? confirmed(confirm, values) : [],
    blocks: blocksIn(view.state),
  };
}

/** Not those whom somebody took out of the form again. */
function confirmed(pairs: readonly string[], values: HeldValues): FilledForm['confirm'] {
  const people = Object.values(values).flatMap(listOf);
  return pairs
    .map((pair) => pair.split(':'))
    .map(([slack = '', onezone = '']) => ({ slack, onezone }))
    .filter(({ slack }) => people.includes(slack));
}
