import { useEffect, useRef, useState } from 'preact/hooks';

const HIGHLIGHT_MS = 2500;

/** True for `HIGHLIGHT_MS` after `value` changed. The first value counts as a change only if `isNew`. */
export function useChanged(value: unknown, isNew: boolean): boolean {
  const json = JSON.stringify(value);
  const before = useRef(isNew ? null : json);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (before.current === json) return undefined;
    before.current = json;
    setChanged(true);
    const timer = setTimeout(() => {
      setChanged(false);
    }, HIGHLIGHT_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [json]);
  return changed;
}

/** False during the first render, in which nothing should be highlighted as new. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(true);
  }, []);
  return settled;
}
