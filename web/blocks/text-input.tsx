import type { ControlLabels } from './combobox.js';
import { attributes } from './control.js';
import type { Picked } from './picked.js';
import type { ElementOf } from './schema.js';

type Typed = 'plain_text_input' | 'email_text_input' | 'url_text_input' | 'number_input';

interface Props {
  readonly element: ElementOf<Typed>;
  readonly labels: ControlLabels;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[], final: boolean) => void;
}

export function TextInput({ element, labels, picked, onPick }: Props) {
  const typed = (value: string, final: boolean): void => {
    onPick(value === '' ? [] : [{ value, text: value }], final);
  };
  const common = {
    class: 'input',
    ...attributes(labels),
    autocomplete: 'off',
    placeholder: element.placeholder?.text,
    value: picked[0]?.value ?? '',
  } as const;
  if (element.multiline) {
    return (
      <textarea
        {...common}
        rows={3}
        onInput={({ currentTarget }) => {
          typed(currentTarget.value, false);
        }}
        onChange={({ currentTarget }) => {
          typed(currentTarget.value, true);
        }}
      />
    );
  }
  return (
    <input
      {...common}
      type="text"
      inputMode={element.type === 'number_input' ? 'decimal' : 'text'}
      onInput={({ currentTarget }) => {
        typed(currentTarget.value, false);
      }}
      onChange={({ currentTarget }) => {
        typed(currentTarget.value, true);
      }}
    />
  );
}
