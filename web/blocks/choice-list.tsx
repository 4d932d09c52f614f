import { useId } from 'preact/hooks';
import type { ControlLabels } from './combobox.js';
import { Mrkdwn } from './pieces.js';
import type { Picked } from './picked.js';
import { IconText } from './icon-text.js';
import type { ElementOf, Option, Text } from './schema.js';

interface Props {
  readonly element: ElementOf<'radio_buttons'> | ElementOf<'checkboxes'>;
  readonly labels: ControlLabels;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[]) => void;
}

/** Radio buttons and checkboxes. */
export function ChoiceList({ element, labels, picked, onPick }: Props) {
  const name = useId();
  const isRadio = element.type === 'radio_buttons';
  const toggle = ({ value, text }: Option, on: boolean): void => {
    const chosen = { value, text: text.text };
    if (isRadio) onPick([chosen]);
    else onPick(on ? [...picked, chosen] : picked.filter((other) => other.value !== value));
  };
  return (
    <div
      class="choices"
      role={isRadio ? 'radiogroup' : 'group'}
      aria-label={labels.label}
      aria-labelledby={labels.labelledBy}
      aria-describedby={labels.describedBy}
    >
      {element.options.map((option) => (
        <label key={option.value} class="choice">
          <input
            type={isRadio ? 'radio' : 'checkbox'}
            name={name}
            aria-invalid={labels.invalid}
            checked={picked.some((choice) => choice.value === option.value)}
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
  return text.type === 'mrkdwn' ? <Mrkdwn text={text.text} /> : <IconText text={text.text} />;
}
