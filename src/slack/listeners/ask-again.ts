import type { ModalView } from '@slack/types';
import type { Change } from '../../changes/change.js';
import type { Field, FormValues } from '../../changes/form.js';
import type { Submission } from '../../operations/submission.js';
import type { Actor } from '../../requests/person.js';
import type { Services } from '../../services.js';
import { drawForm, type FormNotes } from '../surfaces/forms/draw-form.js';
import { REASON } from '../surfaces/forms/form-ids.js';
import { describeFault } from '../transport/fault.js';
import { byField } from './by-field.js';
import type { Desk } from './desk.js';
import type { ErrorReply } from './safely.js';
import { toConfirm } from './to-confirm.js';

type Ask = Extract<Submission, { kind: 'ask' }>;

/** The form of a change with all that was typed and what is wrong with it; null where this version has no such form. */
export async function askAgain(
  { services }: Desk,
  asked: Ask,
  reply: ErrorReply,
): Promise<ModalView | null> {
  const change = services.changes.named(asked.change);
  if (change === null) return null;
  const by = await services.people.actor(asked.by);
  const values = { ...asked.values, [REASON]: asked.reason };
  const fields = await change.form.fields(services, { by, values });
  const confirm = await confirmNotes(services, by, { values, reply });
  const notes = confirm ?? problemNotes(change, { fields, values, reply });
  return drawForm(change, { fields, by, values }, notes);
}

/** Each problem below its field; what is about no field that is drawn stands above them all. */
function problemNotes(
  change: Change,
  wrong: {
    readonly fields: readonly Field[];
    readonly values: FormValues;
    readonly reply: ErrorReply;
  },
): FormNotes {
  const { fields, values, reply } = wrong;
  if (reply.kind === 'fault') return { notice: reply.text };
  const problems = byField(change, values, reply.refusal.fields);
  const keys = Object.keys(problems);
  const drawn = fields.map(({ key }) => key);
  const areAllShown = keys.length > 0 && keys.every((key) => drawn.includes(key));
  return areAllShown ? { problems } : { problems, notice: reply.text };
}

/** Where nobody else would look at a match by e-mail, whoever may link confirms it in the form. */
async function confirmNotes(
  services: Services,
  by: Actor,
  { values, reply }: { readonly values: FormValues; readonly reply: ErrorReply },
): Promise<FormNotes | null> {
  if (reply.kind === 'fault' || reply.refusal.code !== 'onlyProposed') return null;
  try {
    const confirm = await toConfirm(services, by, values);
    return confirm === null ? null : { confirm };
  } catch (error) {
    // Without the tick it says what to do instead; without the form all that was typed would be gone.
    services.log.warn({ fault: describeFault(error) }, 'nobody can be confirmed in the form');
    return null;
  }
}
