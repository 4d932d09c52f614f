import { useScene, userName, type Scene } from '../state/scene.js';
import { ChoiceList } from './choice-list.js';
import { Combobox, type Choosable, type Said } from './combobox.js';
import type { Picked } from './picked.js';
import { option, type Element, type Option } from './schema.js';
import { StaticSelect } from './static-select.js';
import { useSurface } from './surface.js';
import { TextInput } from './text-input.js';

export interface ControlProps {
  readonly element: Exclude<Element, { type: 'button' | 'overflow' }>;
  readonly said: Said;
  readonly picked: readonly Picked[];
  /** `final`: chosen, or typed and left. */
  readonly onPick: (picked: readonly Picked[], final: boolean) => void;
}

/** Everything that can be filled in or chosen from. */
export function Control({ element, said, picked, onPick }: ControlProps) {
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
      return <TextInput element={element} said={said} picked={picked} onPick={onPick} />;
    case 'datepicker':
      return (
        <input
          class="input"
          type="date"
          {...attributes(said)}
          value={picked[0]?.value ?? ''}
          onChange={({ currentTarget: { value } }) => {
            choose(value === '' ? [] : [{ value, text: value }]);
          }}
        />
      );
    case 'radio_buttons':
    case 'checkboxes':
      return <ChoiceList element={element} said={said} picked={picked} onPick={choose} />;
    case 'static_select':
      return <StaticSelect element={element} said={said} picked={picked} onPick={choose} />;
    case 'external_select': {
      const search = async (text: string) => {
        const doing = { do: 'search', on, action: element.action_id, text } as const;
        const { options } = await scene.act(doing, { quiet: true });
        return options.flatMap((it) => option.safeParse(it).data ?? []).map(choosable);
      };
      const least = element.min_query_length;
      return (
        <Combobox {...{ said, picked, placeholder, search, least }} most={1} onPick={choose} />
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
          {...{ said, search, most }}
          picked={named}
          least={0}
          placeholder={words}
          onPick={choose}
        />
      );
    }
  }
}

export const attributes = (said: Said) => ({
  id: said.id,
  'aria-label': said.label,
  'aria-labelledby': said.labelledBy,
  'aria-describedby': said.describedBy,
  'aria-invalid': said.invalid,
  'aria-required': said.required,
});

const choosable = ({ text, value, description }: Option): Choosable => ({
  text: text.text,
  value,
  ...(description === undefined ? {} : { note: description.text }),
});

/** As many as a list can show. */
const mostFound = 50;

function people({ directory }: Scene, text: string): readonly Choosable[] {
  const wanted = text.toLowerCase();
  return directory.users
    .filter((it) => !it.gone && it.id !== directory.bot.user)
    .filter((it) => `${it.name} ${it.handle}`.toLowerCase().includes(wanted))
    .slice(0, mostFound)
    .map((it) => ({
      value: it.id,
      text: it.name,
      note: `@${it.handle}${it.guest ? ' · guest' : ''}`,
    }));
}
