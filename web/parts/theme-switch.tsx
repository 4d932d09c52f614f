import { useLayoutEffect } from 'preact/hooks';
import { useRemembered } from '../state/remembered.js';

const next: Readonly<Record<string, string>> = { auto: 'light', light: 'dark', dark: 'auto' };
const words: Readonly<Record<string, string>> = {
  auto: '◐ Auto',
  light: '☀ Light',
  dark: '☾ Dark',
};

/** As the system has it, or always light, or always dark. */
export function ThemeSwitch() {
  const [theme, setTheme] = useRemembered('theme', 'auto');
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <button
      type="button"
      class="button quiet"
      aria-label={`Colours: ${theme}`}
      onClick={() => {
        setTheme(next[theme] ?? 'auto');
      }}
    >
      {words[theme] ?? words['auto']}
    </button>
  );
}
