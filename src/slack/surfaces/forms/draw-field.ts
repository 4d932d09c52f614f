import type { InputBlock, InputBlockElement } from '@slack/types';
import { type Field, type FormValue, textOf } from '../../../changes/form.js';
import { input } from '../render/inputs.js';
import {
  choicePick,
  dayPick,
  line,
  onezonePick,
  paragraph,
  peoplePick,
  personPick,
  servicePick,
  tick,
} from './elements.js';
import { reshapeAction } from './form-ids.js';

/** One field as one block, whose id is the field's key. `change` names the action of a menu that reshapes the form. */
export function drawField(
  field: Field,
  { value, change }: { readonly value: FormValue | undefined; readonly change: string },
): InputBlock {
  const { key, label, hint, optional = false } = field;
  const common = { block: key, label, optional, ...(hint === undefined ? {} : { hint }) };
  const drawn = input({ ...common, element: elementOf(field, value, change) });
  return reshapes(field) ? { ...drawn, dispatch_action: true } : drawn;
}

const reshapes = (field: Field): boolean => field.kind === 'choice' && field.reshapes === true;

function elementOf(field: Field, value: FormValue | undefined, change: string): InputBlockElement {
  switch (field.kind) {
    case 'service':
      return servicePick(value);
    case 'person':
      return personPick(field, value);
    case 'onezone user':
      return onezonePick(value);
    case 'people':
      return peoplePick(field, value);
    case 'choice':
      return choicePick(field, {
        value: textOf(value),
        action: reshapes(field) ? reshapeAction(change) : `${field.key}_pick`,
      });
    case 'line':
      return line(field, value);
    case 'paragraph':
      return paragraph(field, value);
    case 'day':
      return dayPick(field, textOf(value));
    case 'flag':
      return tick(field, value === true);
  }
}
