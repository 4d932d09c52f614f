import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface MenuItem {
  readonly key: string;
  readonly text: string;
  readonly note?: string;
}

interface Props {
  /** What the button shows, and what it is called. */
  readonly face: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly up?: boolean;
  readonly onPick: (key: string) => void;
}

/** A button with a menu under it: arrow keys, Home, End, Escape. */
export function Menu({ face, label, items, up = false, onPick }: Props) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  const rows = (): readonly HTMLElement[] => [
    ...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];
  const close = (): void => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  useLayoutEffect(() => {
    if (isOpen) rows()[0]?.focus();
  }, [isOpen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const all = rows();
    const at = all.findIndex((it) => it === document.activeElement);
    const goTo = (index: number): void => {
      event.preventDefault();
      all[(index + all.length) % all.length]?.focus();
    };
    if (event.key === 'ArrowDown') goTo(at + 1);
    if (event.key === 'ArrowUp') goTo(at - 1);
    if (event.key === 'Home') goTo(0);
    if (event.key === 'End') goTo(all.length - 1);
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
  };
  return (
    <div
      class="menu"
      ref={root}
      onFocusOut={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || root.current?.contains(relatedTarget) !== true) {
          setOpen(false);
        }
      }}
    >
      <button
        type="button"
        class="button quiet"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {face}
      </button>
      {isOpen && (
        <div
          id={id}
          ref={menu}
          class={up ? 'menu-list up' : 'menu-list'}
          role="menu"
          aria-label={label}
          onKeyDown={onKeyDown}
        >
          {items.map((it) => (
            <button
              key={it.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                onPick(it.key);
              }}
            >
              {it.text}
              {it.note !== undefined && <small>{it.note}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
