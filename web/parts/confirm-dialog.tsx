import { useEffect, useId, useRef } from 'preact/hooks';
import { Words } from '../blocks/choice-list.js';
import type { Confirm } from '../blocks/schema.js';

interface Props {
  readonly confirm: Confirm;
  readonly onAnswer: (yes: boolean) => void;
}

/** The `confirm` dialog of an element. `showModal` traps the focus. */
export function ConfirmDialog({ confirm, onAnswer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onAnswer(false);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
      }}
    >
      <h2 id={`${id}-title`}>
        <Words text={confirm.title} />
      </h2>
      <p id={`${id}-text`}>
        <Words text={confirm.text} />
      </p>
      <div class="dialog-buttons">
        <button
          type="button"
          class="button"
          onClick={() => {
            onAnswer(false);
          }}
        >
          {confirm.deny.text}
        </button>
        <button
          type="button"
          class={`button ${confirm.style === 'danger' ? 'danger' : 'primary'}`}
          onClick={() => {
            onAnswer(true);
          }}
        >
          {confirm.confirm.text}
        </button>
      </div>
    </dialog>
  );
}
