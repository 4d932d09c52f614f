import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

const FOCUSABLE =
  'button:not(:disabled), input:not(:disabled), select, textarea, a[href], [tabindex="0"]';

const shown = (root: HTMLElement, selector: string): readonly HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>(selector)].filter(
    (element) => element.offsetParent !== null,
  );

/** Traps Tab in the dialog. Not modal for the mouse: the zone beside it stays usable. */
export function keepInside(root: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const all = shown(root, FOCUSABLE);
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

/** Focuses a new dialog, keeps the focus when it is redrawn, and restores it on close. */
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
      // Before the next frame the content under the dialog is still inert.
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

/** Moves the focus to the first invalid field. */
export function useErrorFocus(
  root: RefObject<HTMLElement | null>,
  errors: Readonly<Record<string, string>>,
): void {
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    const field = root.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    field?.focus();
    // Includes the error text, which `focus` alone may leave out of view.
    field?.closest('.field')?.scrollIntoView({ block: 'nearest' });
  }, [JSON.stringify(errors)]);
}
