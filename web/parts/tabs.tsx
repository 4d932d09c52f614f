interface Props<K extends string> {
  readonly label: string;
  /** `NAME-KEY` is the element id of a tab, `NAME-panel` that of its panel. */
  readonly name: string;
  readonly tabs: readonly { readonly key: K; readonly text: string }[];
  readonly current: K;
  readonly onGo: (key: K) => void;
}

/** Tabs after the ARIA practices: Tab reaches the current one, arrow keys the others. */
export function Tabs<K extends string>({ label, name, tabs, current, onGo }: Props<K>) {
  const goTo = (index: number): void => {
    const next = tabs[(index + tabs.length) % tabs.length];
    if (next === undefined) return;
    onGo(next.key);
    document.getElementById(`${name}-${next.key}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label}>
      {tabs.map(({ key, text }, index) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`${name}-${key}`}
          aria-selected={key === current}
          aria-controls={`${name}-panel`}
          tabIndex={key === current ? 0 : -1}
          onClick={() => {
            onGo(key);
          }}
          onKeyDown={({ key: pressed }) => {
            if (pressed === 'ArrowRight') goTo(index + 1);
            if (pressed === 'ArrowLeft') goTo(index - 1);
          }}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
