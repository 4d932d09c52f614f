import { useLayoutEffect } from 'preact/hooks';
import { useRemembered } from '../state/remembered.js';

const NEXT_THEME: Readonly<Record<string, string>> = { auto: 'light', light: 'dark', dark: 'auto' };
const THEME_LABELS: Readonly<Record<string, string>> = {
  auto: '◐ Auto',
  light: '☀ Light',
  dark: '☾ Dark',
};

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
        setTheme(NEXT_THEME[theme] ?? 'auto');
      }}
    >
      {THEME_LABELS[theme] ?? THEME_LABELS['auto']}
    </button>
  );
}
