import { useId, useRef, useState } from 'preact/hooks';
import type { ShownModal } from '../../src/sandbox/page/shown.js';
import type { ActChoice } from '../../src/sandbox/page/api.js';
import { Blocks } from '../blocks/blocks.js';
import { choiceOf, type Picked } from '../blocks/picked.js';
import type { BlockOf } from '../blocks/schema.js';
import { SurfaceContext } from '../blocks/surface.js';
import { useScene } from '../state/scene.js';
import { useEdits } from './edits.js';
import { keepInside, useDialogFocus, useErrorFocus } from './focus.js';
import { InputBlock } from './input-block.js';

interface Props {
  readonly modal: ShownModal;
  /** Number of modals under it in the stack. */
  readonly under: number;
  /** Whether the guided tour offers its example for this form. */
  readonly example: boolean;
}

/** The modal on top. As in Slack, closing needs no confirmation. */
export function Modal({ modal, under, example }: Props) {
  const { act } = useScene();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const edits = useEdits(modal);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  useDialogFocus(root, modal.id, modal.blocks);
  useErrorFocus(root, modal.errors);

  const close = (all: boolean): void => {
    void act({ do: 'close', all }, { quiet: true });
  };
  const typed = (): Record<string, ActChoice> =>
    Object.fromEntries(
      [...edits.open()].map(([block, edit]) => [block, choiceOf(edit.block.element, edit.picked)]),
    );
  const submit = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const done = await act({ do: 'submit', values: typed() }, { quiet: true });
    setTrouble(done.trouble);
    setBusy(false);
  };
  const send = async (block: string, action: string, value?: ActChoice): Promise<void> => {
    // Other edits go first, or the bot would redraw the form without them.
    const others = Object.entries(typed()).filter(([otherBlock]) => otherBlock !== block);
    if (others.length > 0) await act({ do: 'fill', values: Object.fromEntries(others) });
    const chosen = value === undefined ? {} : { value };
    const done = await act({ do: 'click', on: 'modal', block, action, ...chosen }, { quiet: true });
    setTrouble(done.trouble);
  };
  const pick = (block: BlockOf<'input'>, picked: readonly Picked[], final: boolean): void => {
    edits.set(block, picked);
    if (!final) return;
    const value = choiceOf(block.element, picked);
    if (block.dispatch_action) void send(block.block_id, block.element.action_id, value);
    else void act({ do: 'fill', values: { [block.block_id]: value } }, { quiet: true });
  };
  const fillIn = async (): Promise<void> => {
    await act({ do: 'example' });
    edits.forget();
  };

  const isForm = modal.submit !== null;
  return (
    <div class="modal-layer">
      <div
        ref={root}
        class={`modal under-${under}`}
        role="dialog"
        aria-modal="true"
        aria-labelledby={id}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close(false);
          keepInside(event.currentTarget, event);
        }}
      >
        <form
          class="modal-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isForm) void submit();
          }}
        >
          <header class="modal-head">
            <h2 id={id}>{modal.title?.text}</h2>
            <button
              type="button"
              class="button quiet"
              aria-label="Close"
              onClick={() => {
                close(true);
              }}
            >
              ✕
            </button>
          </header>
          {example && (
            <div class="modal-example">
              <span>Tour: Onedata’s own example, a DataCite test account.</span>
              <button type="button" class="button" onClick={() => void fillIn()}>
                Fill in the example
              </button>
            </div>
          )}
          <div class="modal-body" tabIndex={isForm ? undefined : 0}>
            <SurfaceContext.Provider value={{ on: 'modal', values: modal.values, send }}>
              <Blocks
                blocks={modal.blocks}
                input={(block) => (
                  <InputBlock
                    key={block.block_id}
                    block={block}
                    picked={edits.of(block)}
                    error={modal.errors[block.block_id] ?? null}
                    onPick={(picked, final) => {
                      pick(block, picked, final);
                    }}
                  />
                )}
              />
            </SurfaceContext.Provider>
          </div>
          {trouble !== null && (
            <p class="modal-trouble" role="alert">
              {trouble}
            </p>
          )}
          <footer class="modal-foot">
            <button
              type="button"
              class="button"
              onClick={() => {
                close(false);
              }}
            >
              {modal.close?.text ?? 'Close'}
            </button>
            {isForm && (
              <button type="submit" class="button primary" aria-busy={busy} disabled={busy}>
                {modal.submit?.text}
              </button>
            )}
          </footer>
        </form>
      </div>
    </div>
  );
}
