import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Day, dayByKey, dayWords, isDay, plusMonths, today, weeksOf } from './calendar.js';
import type { ControlLabels } from './combobox.js';
import { attributes } from './control.js';
import type { Picked } from './picked.js';

interface Props {
  readonly labels: ControlLabels;
  readonly placeholder: string;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[]) => void;
}

/** A date that is chosen in a calendar, as in Slack: with a click, or with the arrow keys. */
export function DatePicker({ labels, placeholder, picked, onPick }: Props) {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [at, setAt] = useState<Day | null>(null);
  const value = picked[0]?.value ?? '';
  const chosen = isDay(value) ? value : null;
  const isOpen = at !== null;

  const open = (): void => {
    setAt(chosen ?? today(new Date()));
  };
  const close = (): void => {
    setAt(null);
    field.current?.focus();
  };
  const choose = (day: Day | null): void => {
    onPick(day === null ? [] : [{ value: day, text: day }]);
    close();
  };
  return (
    <div
      ref={root}
      class="date-picker"
      onFocusOut={({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node)) return;
        if (root.current?.contains(relatedTarget) !== true) setAt(null);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        close();
      }}
    >
      <input
        ref={field}
        class="input"
        type="text"
        role="combobox"
        readOnly
        {...attributes(labels)}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={id}
        placeholder={placeholder}
        value={chosen === null ? '' : dayWords(chosen, { dateStyle: 'long' })}
        onClick={() => {
          if (isOpen) close();
          else open();
        }}
        onKeyDown={(event) => {
          if (!['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key)) return;
          event.preventDefault();
          open();
        }}
      />
      <CalendarIcon />
      {isOpen && <Calendar id={id} at={at} chosen={chosen} onGo={setAt} onChoose={choose} />}
    </div>
  );
}

interface CalendarProps {
  readonly id: string;
  readonly at: Day;
  readonly chosen: Day | null;
  readonly onGo: (day: Day) => void;
  readonly onChoose: (day: Day | null) => void;
}

function Calendar({ id, at, chosen, onGo, onChoose }: CalendarProps) {
  const root = useRef<HTMLDivElement>(null);
  /** Whether the day that is gone to gets the focus: not while one presses the arrows of the month. */
  const follows = useRef(true);
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  // Before the next key, which is meant for the calendar.
  useLayoutEffect(() => {
    if (follows.current) root.current?.querySelector<HTMLElement>('td [tabindex="0"]')?.focus();
    follows.current = true;
  }, [at]);
  const month = dayWords(at, { year: 'numeric', month: 'long' });
  const turn = (months: number): void => {
    follows.current = false;
    onGo(plusMonths(at, months));
  };
  const weeks = weeksOf(at);
  return (
    <div ref={root} id={id} class="calendar" role="dialog" aria-label="Choose a date">
      <div class="calendar-head">
        <button
          type="button"
          class="button quiet"
          aria-label="Month before"
          onClick={() => {
            turn(-1);
          }}
        >
          ‹
        </button>
        <strong aria-live="polite">{month}</strong>
        <button
          type="button"
          class="button quiet"
          aria-label="Month after"
          onClick={() => {
            turn(1);
          }}
        >
          ›
        </button>
      </div>
      <table
        role="grid"
        aria-label={month}
        onKeyDown={(event) => {
          const next = dayByKey(at, event.key);
          if (next === null) return;
          event.preventDefault();
          onGo(next);
        }}
      >
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col" abbr={dayWords(day, { weekday: 'long' })}>
                {dayWords(day, { weekday: 'short' }).slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} aria-selected={day === chosen}>
                  <button
                    type="button"
                    class={day.slice(0, 7) === at.slice(0, 7) ? 'day' : 'day beside'}
                    tabIndex={day === at ? 0 : -1}
                    aria-label={dayWords(day, { dateStyle: 'full' })}
                    aria-current={day === today(new Date()) ? 'date' : undefined}
                    onClick={() => {
                      onChoose(day);
                    }}
                  >
                    {Number(day.slice(8))}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {chosen !== null && (
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            onChoose(null);
          }}
        >
          Clear
        </button>
      )}
    </div>
  );
}

const CalendarIcon = () => (
  <svg class="calendar-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5 1.5v3M11 1.5v3" />
  </svg>
);
