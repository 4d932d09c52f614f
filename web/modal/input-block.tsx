import { useId } from 'preact/hooks';
import { Control } from '../blocks/control.js';
import type { Picked } from '../blocks/picked.js';
import type { BlockOf } from '../blocks/schema.js';

interface Props {
  readonly block: BlockOf<'input'>;
  readonly picked: readonly Picked[];
  readonly error: string | null;
  readonly onPick: (picked: readonly Picked[], final: boolean) => void;
}

/** A field with its label, hint and error. */
export function InputBlock({ block, picked, error, onPick }: Props) {
  const id = useId();
  const { element, label, hint, optional } = block;
  if (element.type === 'button' || element.type === 'overflow') return null;
  const isGroup = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === null ? [] : [`${id}-error`]),
  ].join(' ');
  const words = (
    <>
      {label.text}
      {optional && <small> (optional)</small>}
    </>
  );
  return (
    <div class={error === null ? 'field' : 'field wrong'}>
      {isGroup ? (
        <span class="field-label" id={`${id}-label`}>
          {words}
        </span>
      ) : (
        <label class="field-label" id={`${id}-label`} for={id}>
          {words}
        </label>
      )}
      <Control
        element={element}
        labels={{
          id,
          ...(isGroup ? { labelledBy: `${id}-label` } : {}),
          describedBy: described === '' ? undefined : described,
          invalid: error !== null,
          required: !optional,
        }}
        picked={picked}
        onPick={onPick}
      />
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint.text}
        </p>
      )}
      {error !== null && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
