import { useId } from 'preact/hooks';
import type { Said } from './combobox.js';
import { Mrkdwn } from './pieces.js';
import type { Picked } from './picked.js';
import { Signed } from './signs.js';
import type { ElementOf, Option, Text } from './schema.js';

interface Props {
  readonly element: ElementOf<'radio_buttons'> | ElementOf<'checkboxes'>;
  readonly said: Said;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[]) => void;
}

/** Radio buttons and checkboxes. */
export function ChoiceList({ element, said, picked, onPick }: Props) {
  const name = useId();
  const isRadio = element.type === 'radio_buttons';
  const toggle = ({ value, text }: Option, on: boolean): void => {
    const chosen = { value, text: text.text };
    if (isRadio) onPick([chosen]);
    else onPick(on ? [...picked, chosen] : picked.filter((it) => it.value !== value));
  };
  return (
    <div
      class="choices"
      role={isRadio ? 'radiogroup' : 'group'}
      aria-label={said.label}
      aria-labelledby={said.labelledBy}
      aria-describedby={said.describedBy}
    >
      {element.options.map((option) => (
        <label key={option.value} class="choice">
          <input
            type={isRadio ? 'radio' : 'checkbox'}
            name={name}
            aria-invalid={said.invalid}
            checked={picked.some((it) => it.value === option.value)}
            onChange={({ currentTarget }) => {
              toggle(option, currentTarget.checked);
            }}
          />
          <span>
            <Words text={option.text} />
            {option.description !== undefined && (
              <small>
                <Words text={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}

export function Words({ text }: { readonly text: Text }) {
  return text.type === 'mrkdwn' ? <Mrkdwn text={text.text} /> : <Signed text={text.text} />;
}
