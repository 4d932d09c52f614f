import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Picked } from './picked.js';

export interface Choosable extends Picked {
  readonly note?: string;
}

/** What ties a control to its label, hint and error. */
export interface Said {
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly labelledBy?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly required?: boolean | undefined;
}

export interface ComboboxProps {
  readonly said: Said;
  readonly picked: readonly Picked[];
  /** 1: choosing replaces; more: tokens. */
  readonly most: number;
  /** Letters before anything is looked for. */
  readonly least: number;
  readonly placeholder: string;
  readonly search: (text: string) => Promise<readonly Choosable[]>;
  readonly onPick: (picked: readonly Picked[]) => void;
}

/** Looks for what is typed, and lets one choose among what was found. */
export function Combobox({
  said,
  picked,
  most,
  least,
  placeholder,
  search,
  onPick,
}: ComboboxProps) {
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const single = most === 1;
  const isOpen = text !== null;
  const { found, busy } = useSearch(text, least, search);
  const options = (found ?? []).filter(
    (it) => single || !picked.some((known) => known.value === it.value),
  );
  const active = options[Math.min(at, options.length - 1)];

  const open = (typed: string): void => {
    setText(typed);
    setAt(0);
  };
  const close = (): void => {
    setText(null);
  };
  const pick = (it: Choosable): void => {
    const { value, text: label } = it;
    const chosen = { value, text: label };
    onPick(single ? [chosen] : [...picked, chosen].slice(0, most));
    if (single) close();
    else open('');
    input.current?.focus();
  };
  const drop = (value: string): void => {
    onPick(picked.filter((it) => it.value !== value));
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (!isOpen) open('');
        const step = event.key === 'ArrowDown' ? 1 : -1;
        if (options.length > 0) setAt((at + step + options.length) % options.length);
        return;
      }
      case 'Enter':
        event.preventDefault();
        if (isOpen && active !== undefined) pick(active);
        return;
      case 'Escape':
        if (isOpen) event.stopPropagation();
        close();
        return;
      case 'Backspace': {
        const last = picked.at(-1);
        if ((text ?? '') === '' && last !== undefined) drop(last.value);
        return;
      }
      default:
    }
  };

  const shown = single && text === null ? (picked[0]?.text ?? '') : (text ?? '');
  return (
    <div class="combobox">
      <div class="combobox-box">
        {!single &&
          picked.map((it) => (
            <span key={it.value} class="token">
              {it.text}
              <button
                type="button"
                aria-label={`Remove ${it.text}`}
                onClick={() => {
                  drop(it.value);
                }}
              >
                ×
              </button>
            </span>
          ))}
        <input
          ref={input}
          type="text"
          role="combobox"
          autocomplete="off"
          id={said.id}
          aria-label={said.label}
          aria-labelledby={said.labelledBy}
          aria-describedby={said.describedBy}
          aria-invalid={said.invalid}
          aria-required={said.required}
          aria-expanded={isOpen}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={
            isOpen && active !== undefined ? `${list}-${active.value}` : undefined
          }
          placeholder={picked.length === 0 ? placeholder : ''}
          value={shown}
          onInput={(event) => {
            open(event.currentTarget.value);
          }}
          onClick={() => {
            if (!isOpen) open('');
          }}
          onKeyDown={onKeyDown}
          onBlur={close}
        />
      </div>
      {isOpen && (
        <ul id={list} role="listbox" aria-label={said.label ?? 'Choices'}>
          {options.map((it) => (
            <li
              key={it.value}
              id={`${list}-${it.value}`}
              role="option"
              aria-selected={it === active}
              class={it === active ? 'active' : ''}
              onMouseDown={(event) => {
                // Before the field loses the focus, which would close the list under the mouse.
                event.preventDefault();
                pick(it);
              }}
            >
              <span>{it.text}</span>
              {it.note !== undefined && <small>{it.note}</small>}
            </li>
          ))}
          {options.length === 0 && (
            <li role="option" aria-selected={false} aria-disabled={true} class="nothing">
              {nothingWords({ busy, text, least })}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function nothingWords(state: {
  readonly busy: boolean;
  readonly text: string;
  readonly least: number;
}): string {
  if (Array.from(state.text).length < state.least) return `Type at least ${state.least} letters.`;
  return state.busy ? 'Looking…' : 'Nothing found.';
}

/** Milliseconds after the last letter. */
const pause = 150;

function useSearch(
  text: string | null,
  least: number,
  search: ComboboxProps['search'],
): { readonly found: readonly Choosable[] | null; readonly busy: boolean } {
  const [found, setFound] = useState<readonly Choosable[] | null>(null);
  const [busy, setBusy] = useState(false);
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (text === null || Array.from(text).length < least) {
      setFound(null);
      return undefined;
    }
    let isOver = false;
    setBusy(true);
    const timer = setTimeout(
      () => {
        void latest.current(text).then((options) => {
          if (isOver) return;
          setFound(options);
          setBusy(false);
        });
      },
      text === '' ? 0 : pause,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text, least]);
  return { found, busy };
}
