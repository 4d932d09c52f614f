import type { Change } from '../../changes/change.js';
import type { FormValues, TypedWords } from '../../changes/form.js';
import { openAction } from '../../markup/open-button.js';
import { mustMay, verdictOn } from '../../operations/authorize.js';
import type { Actor } from '../../requests/person.js';
import type { ServiceRef } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { carried } from '../surfaces/forms/carried.js';
import { drawForm } from '../surfaces/forms/draw-form.js';
import type { ReplyTarget } from './answering.js';
import type { Desk } from './desk.js';
import { openView } from './open-view.js';
import { ruleWords } from './rule-words.js';

/** Who wants a form and is answered where, what Slack opens it with, and what it starts with. */
export interface Opening {
  readonly change: Change;
  readonly target: ReplyTarget;
  readonly trigger: string;
  /** Typed after a command. */
  readonly typed?: TypedWords;
  /** From a button; these count before what was typed. */
  readonly values?: FormValues;
}

const NOTHING_TYPED: TypedWords = { people: [], rest: '' };

/** Opens the form in one call to Slack, for those who may ask at all. */
export async function openForm(
  desk: Desk,
  { change, target, trigger, typed = NOTHING_TYPED, values: given = {} }: Opening,
): Promise<void> {
  const { services } = desk;
  const { action, name, form } = change;
  const by = await mustMay(services, target.user, { action, what: action ?? name });
  const { values: meant, ...notice } = await form.fromWords(services, typed, by);
  const values = { ...meant, ...given };
  const fields = await form.fields(services, { by, values });
  const notes = { ...notice, ...ruleNote(services, { change, by, values }) };
  const view = drawForm(change, { fields, by, values }, notes);
  const again = { action: openAction(name), value: JSON.stringify(carried(values).values) };
  await openView(desk, { target, trigger, view, again });
}

/** Who must agree. Nothing is said where the policy has no say. */
export function ruleNote(
  services: Services,
  form: { readonly change: Change; readonly by: Actor; readonly values: FormValues },
): { readonly rule?: string } {
  const { action } = form.change;
  if (action === null) return {};
  const service = serviceOf(form.values);
  return { rule: ruleWords(verdictOn(services, form.by, { action, service })) };
}

/** Its name is needed too: rules of the policy go by names. */
function serviceOf({ service }: FormValues): ServiceRef | null {
  return typeof service === 'object' && 'value' in service
    ? { id: service.value, name: service.text }
    : null;
}
