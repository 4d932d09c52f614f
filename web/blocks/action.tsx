import { useState } from 'preact/hooks';
import type { ActChoice } from '../../src/sandbox/page/api.js';
import { ConfirmDialog } from '../parts/confirm-dialog.js';
import { Menu } from '../parts/menu.js';
import { Control } from './control.js';
import { choiceOf, pickedIn } from './picked.js';
import type { Button, Element } from './schema.js';
import { useSurface } from './surface.js';

interface Props {
  readonly block: string;
  readonly element: Element;
}

/** An element that notifies the bot immediately, or after the confirmation it asks for. */
export function Action({ block, element }: Props) {
  const { values, send } = useSurface();
  const [asked, setAsked] = useState<{ readonly value: ActChoice | undefined } | null>(null);
  const [busy, setBusy] = useState(false);
  const action = element.action_id;

  const notify = async (value: ActChoice | undefined): Promise<void> => {
    setBusy(true);
    await send(block, action, value);
    setBusy(false);
  };
  const confirmOrNotify = (value: ActChoice | undefined): void => {
    if (element.confirm === undefined) void notify(value);
    else setAsked({ value });
  };
  return (
    <>
      {element.type === 'button' ? (
        <ButtonView
          button={element}
          busy={busy}
          onPress={() => {
            confirmOrNotify(element.value);
          }}
        />
      ) : element.type === 'overflow' ? (
        <Menu
          face="⋯"
          label="More actions"
          items={element.options.map((option) => ({ key: option.value, text: option.text.text }))}
          onPick={confirmOrNotify}
        />
      ) : (
        <Control
          element={element}
          labels={{ label: element.placeholder?.text ?? 'Choose' }}
          picked={pickedIn(values[block]?.[action])}
          onPick={(picked, final) => {
            if (final) confirmOrNotify(choiceOf(element, picked));
          }}
        />
      )}
      {asked !== null && element.confirm !== undefined && (
        <ConfirmDialog
          confirm={element.confirm}
          onAnswer={(yes) => {
            setAsked(null);
            if (yes) void notify(asked.value);
          }}
        />
      )}
    </>
  );
}

function ButtonView(given: {
  readonly button: Button;
  readonly busy: boolean;
  readonly onPress: () => void;
}) {
  const { text, style, accessibility_label: label } = given.button;
  return (
    <button
      type="button"
      class={`button ${style ?? ''}`}
      aria-label={label}
      aria-busy={given.busy}
      disabled={given.busy}
      onClick={given.onPress}
    >
      {text.text}
    </button>
  );
}
