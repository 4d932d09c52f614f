import type { ControlLabels } from './combobox.js';
import { attributes } from './control.js';
import type { Picked } from './picked.js';
import type { ElementOf, Option } from './schema.js';

interface Props {
  readonly element: ElementOf<'static_select'>;
  readonly labels: ControlLabels;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[]) => void;
}

/** A native select, because it works with every screen reader and on touch screens. */
export function StaticSelect({ element, labels, picked, onPick }: Props) {
  const { options, option_groups: groups } = element;
  const all = [...options, ...groups.flatMap((group) => group.options)];
  const value = picked[0]?.value ?? '';
  return (
    <select
      class="input"
      {...attributes(labels)}
      value={value}
      onChange={({ currentTarget }) => {
        const found = all.find((option) => option.value === currentTarget.value);
        onPick(found === undefined ? [] : [{ value: found.value, text: found.text.text }]);
      }}
    >
      {value === '' && <option value="">{element.placeholder?.text ?? 'Choose'}</option>}
      {options.map((option) => (
        <OptionView key={option.value} option={option} />
      ))}
      {groups.map((group) => (
        <optgroup key={group.label.text} label={group.label.text}>
          {group.options.map((option) => (
            <OptionView key={option.value} option={option} />
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** A native option has one line only. */
const OptionView = ({ option: { value, text, description } }: { readonly option: Option }) => (
  <option value={value}>
    {description === undefined ? text.text : `${text.text} (${description.text})`}
  </option>
);
