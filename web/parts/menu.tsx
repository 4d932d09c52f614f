import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface MenuItem {
  readonly key: string;
  readonly text: string;
  readonly note?: string;
}

interface Props {
  /** `face` is visible on the button, `label` its accessible name. */
  readonly face: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly up?: boolean;
  readonly onPick: (key: string) => void;
}

/** A menu button, with arrow keys, Home, End and Escape. */
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
    const at = all.findIndex((row) => row === document.activeElement);
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
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                onPick(item.key);
              }}
            >
              {item.text}
              {item.note !== undefined && <small>{item.note}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
