import { useEffect, useRef, useState } from 'preact/hooks';

/** How long something that changed is marked, in milliseconds. */
const shownFor = 2500;

/** True for a while after the value has become another one; what is there from the start is not news. */
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
    }, shownFor);
    return () => {
      clearTimeout(timer);
    };
  }, [json]);
  return changed;
}

/** False while the page is drawn for the first time: everything would be new then. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(true);
  }, []);
  return settled;
}
