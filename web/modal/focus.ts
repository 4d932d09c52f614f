import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const reachable =
  'button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]';

const shown = (root: HTMLElement, selector: string): readonly HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(selector)].filter((it) => it.offsetParent !== null);

/** Tab goes round inside the dialog. The zone beside it stays within reach of the mouse. */
export function keepInside(root: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const all = shown(root, reachable);
  const first = all[0];
  const last = all.at(-1);
  const { activeElement } = document;
  if (event.shiftKey && (activeElement === first || activeElement === root)) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}

/** A new dialog takes the focus; one that was redrawn under it takes it back; a closed one gives it back. */
export function useDialogFocus(
  root: RefObject<HTMLElement | null>,
  view: string,
  drawn: unknown,
): void {
  useEffect(() => {
    const before = document.activeElement;
    const element = root.current;
    if (element !== null) (shown(element, 'input, select, textarea')[0] ?? element).focus();
    return () => {
      const target = before instanceof HTMLElement && before.isConnected ? before : null;
      // Only now is what lies under the dialog no longer inert.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) (target ?? composer())?.focus();
      });
    };
  }, [view]);
  useEffect(() => {
    if (document.activeElement === document.body) root.current?.focus();
  }, [drawn]);
}

const composer = (): HTMLElement | null => document.querySelector<HTMLElement>('.composer input');

/** The first field that something is wrong with. */
export function useErrorFocus(
  root: RefObject<HTMLElement | null>,
  errors: Readonly<Record<string, string>>,
): void {
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    const field = root.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    field?.focus();
    // With the words under it, not only the field.
    field?.closest('.field')?.scrollIntoView({ block: 'nearest' });
  }, [JSON.stringify(errors)]);
}
