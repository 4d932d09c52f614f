import type { Said } from './combobox.js';
import { attributes } from './control.js';
import type { Picked } from './picked.js';
import type { ElementOf, Option } from './schema.js';

interface Props {
  readonly element: ElementOf<'static_select'>;
  readonly said: Said;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[]) => void;
}

/** The browser's own list: it is known to every screen reader and every thumb. */
export function StaticSelect({ element, said, picked, onPick }: Props) {
  const { options, option_groups: groups } = element;
  const all = [...options, ...groups.flatMap((it) => it.options)];
  const value = picked[0]?.value ?? '';
  return (
    <select
      class="input"
      {...attributes(said)}
      value={value}
      onChange={({ currentTarget }) => {
        const found = all.find((it) => it.value === currentTarget.value);
        onPick(found === undefined ? [] : [{ value: found.value, text: found.text.text }]);
      }}
    >
      {value === '' && <option value="">{element.placeholder?.text ?? 'Choose'}</option>}
      {options.map((it) => (
        <OptionView key={it.value} option={it} />
      ))}
      {groups.map((group) => (
        <optgroup key={group.label.text} label={group.label.text}>
          {group.options.map((it) => (
            <OptionView key={it.value} option={it} />
          ))}
        </optgroup>
      ))}
    </select>
  );
}

const OptionView = ({ option }: { readonly option: Option }) => (
  <option value={option.value}>{option.text.text}</option>
);
