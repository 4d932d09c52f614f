import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Picked } from './picked.js';

export interface Choosable extends Picked {
  readonly note?: string;
}

/** ARIA attributes that connect a control to its label, hint and error. */
export interface ControlLabels {
  readonly id?: string | undefined;
  readonly label?: string | undefined;
  readonly labelledBy?: string | undefined;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly required?: boolean | undefined;
}

export interface ComboboxProps {
  readonly labels: ControlLabels;
  readonly picked: readonly Picked[];
  /** Maximum number of choices. With 1, a new choice replaces the old one; else each is a token. */
  readonly most: number;
  /** Minimum number of letters before a search starts. */
  readonly least: number;
  readonly placeholder: string;
  readonly search: (text: string) => Promise<readonly Choosable[]>;
  readonly onPick: (picked: readonly Picked[]) => void;
}

/** A text field that searches while one types and offers the results. */
export function Combobox({
  labels,
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
    (option) => single || !picked.some((known) => known.value === option.value),
  );
  const active = options[Math.min(at, options.length - 1)];

  const open = (typed: string): void => {
    setText(typed);
    setAt(0);
  };
  const close = (): void => {
    setText(null);
  };
  const pick = (option: Choosable): void => {
    const { value, text: label } = option;
    const chosen = { value, text: label };
    onPick(single ? [chosen] : [...picked, chosen].slice(0, most));
    if (single) close();
    else open('');
    input.current?.focus();
  };
  const drop = (value: string): void => {
    onPick(picked.filter((choice) => choice.value !== value));
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
          picked.map((choice) => (
            <span key={choice.value} class="token">
              {choice.text}
              <button
                type="button"
                aria-label={`Remove ${choice.text}`}
                onClick={() => {
                  drop(choice.value);
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
          id={labels.id}
          aria-label={labels.label}
          aria-labelledby={labels.labelledBy}
          aria-describedby={labels.describedBy}
          aria-invalid={labels.invalid}
          aria-required={labels.required}
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
        <ul id={list} role="listbox" aria-label={labels.label ?? 'Choices'}>
          {options.map((option) => (
            <li
              key={option.value}
              id={`${list}-${option.value}`}
              role="option"
              aria-selected={option === active}
              class={option === active ? 'active' : ''}
              onMouseDown={(event) => {
                // Keeps the focus in the field: its blur would close the list before the click.
                event.preventDefault();
                pick(option);
              }}
            >
              <span>{option.text}</span>
              {option.note !== undefined && <small>{option.note}</small>}
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

/** Debounce, so that not every letter starts a search. */
const SEARCH_DELAY_MS = 150;

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
      text === '' ? 0 : SEARCH_DELAY_MS,
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text, least]);
  return { found, busy };
}
