import { useState } from 'preact/hooks';

/** State that survives a reload. `session` is per tab, so that two tabs can be two people. */
export function useRemembered(
  key: string,
  initial: string,
  where: 'local' | 'session' = 'local',
): readonly [string, (value: string) => void] {
  const storage = where === 'local' ? window.localStorage : window.sessionStorage;
  const [value, setValue] = useState(() => storage.getItem(`handle-desk.${key}`) ?? initial);
  return [
    value,
    (next) => {
      storage.setItem(`handle-desk.${key}`, next);
      setValue(next);
    },
  ];
}
