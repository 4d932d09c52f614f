import { useScene, userName, type Scene } from '../state/scene.js';
import { ChoiceList } from './choice-list.js';
import { Combobox, type Choosable, type ControlLabels } from './combobox.js';
import { DatePicker } from './date-picker.js';
import type { Picked } from './picked.js';
import { option, type Element, type Option } from './schema.js';
import { StaticSelect } from './static-select.js';
import { useSurface } from './surface.js';
import { TextInput } from './text-input.js';

export interface ControlProps {
  readonly element: Exclude<Element, { type: 'button' | 'overflow' }>;
  readonly labels: ControlLabels;
  readonly picked: readonly Picked[];
  /** `final`: false while one is still typing. */
  readonly onPick: (picked: readonly Picked[], final: boolean) => void;
}

/** Any Block Kit element except buttons and overflow menus. */
export function Control({ element, labels, picked, onPick }: ControlProps) {
  const scene = useScene();
  const { on } = useSurface();
  const choose = (all: readonly Picked[]): void => {
    onPick(all, true);
  };
  const placeholder = element.placeholder?.text ?? '';
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextInput element={element} labels={labels} picked={picked} onPick={onPick} />;
    case 'datepicker':
      return (
        <DatePicker
          {...{ labels, picked }}
          placeholder={placeholder === '' ? 'Select a date' : placeholder}
          onPick={choose}
        />
      );
    case 'radio_buttons':
    case 'checkboxes':
      return <ChoiceList element={element} labels={labels} picked={picked} onPick={choose} />;
    case 'static_select':
      return <StaticSelect element={element} labels={labels} picked={picked} onPick={choose} />;
    case 'external_select': {
      const search = async (text: string) => {
        const doing = { do: 'search', on, action: element.action_id, text } as const;
        const { options } = await scene.act(doing, { quiet: true });
        return options.flatMap((raw) => option.safeParse(raw).data ?? []).map(choosable);
      };
      const least = element.min_query_length;
      return (
        <Combobox {...{ labels, picked, placeholder, search, least }} most={1} onPick={choose} />
      );
    }
    case 'users_select':
    case 'multi_users_select': {
      const most = element.type === 'users_select' ? 1 : (element.max_selected_items ?? 100);
      const named = picked.map(({ value }) => ({ value, text: userName(scene.directory, value) }));
      const search = (text: string) => Promise.resolve(people(scene, text));
      const words = placeholder === '' ? 'Type a name' : placeholder;
      return (
        <Combobox
          {...{ labels, search, most }}
          picked={named}
          least={0}
          placeholder={words}
          onPick={choose}
        />
      );
    }
  }
}

export const attributes = (labels: ControlLabels) => ({
  id: labels.id,
  'aria-label': labels.label,
  'aria-labelledby': labels.labelledBy,
  'aria-describedby': labels.describedBy,
  'aria-invalid': labels.invalid,
  'aria-required': labels.required,
});

const choosable = ({ text, value, description }: Option): Choosable => ({
  text: text.text,
  value,
  ...(description === undefined ? {} : { note: description.text }),
});

const MAX_PEOPLE_FOUND = 50;

function people({ directory }: Scene, text: string): readonly Choosable[] {
  const wanted = text.toLowerCase();
  return directory.users
    .filter((user) => !user.gone && user.id !== directory.bot.user)
    .filter((user) => `${user.name} ${user.handle}`.toLowerCase().includes(wanted))
    .slice(0, MAX_PEOPLE_FOUND)
    .map((user) => ({
      value: user.id,
      text: user.name,
      note: `@${user.handle}${user.guest ? ' · guest' : ''}`,
    }));
}
