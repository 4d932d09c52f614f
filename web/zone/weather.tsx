import { useState } from 'preact/hooks';
import type { Weather as Shown, WeatherName } from '../../src/sandbox/page/shown.js';
import { bot, turn } from '../state/wish.js';

const switches: readonly {
  readonly name: WeatherName;
  readonly text: string;
  readonly note: string;
}[] = [
  { name: 'down', text: 'Onezone down', note: 'every connection is cut' },
  { name: 'slow', text: 'Onezone slow', note: 'three seconds for each answer' },
  {
    name: 'lost',
    text: 'Answers lost',
    note: 'Onezone does what it is asked, and the connection is cut before its answer',
  },
  { name: 'breaker', text: 'Maintenance', note: 'Onezone’s breaker is open: 503 to everything' },
  { name: 'limited', text: 'Slack busy', note: 'Slack takes no new message: 429, again in 2 s' },
];

const botWords = { running: 'running', stopped: 'killed', starting: 'starting…' } as const;

/** What can be made to go wrong, to see what the bot makes of it. */
export function Weather({ weather }: { readonly weather: Shown }) {
  const [busy, setBusy] = useState(false);
  const isRunning = weather.bot === 'running';
  const change = async (): Promise<void> => {
    setBusy(true);
    await bot(isRunning ? 'kill' : 'start');
    setBusy(false);
  };
  return (
    <section class="panel weather" aria-labelledby="weather-title">
      <h2 id="weather-title">Make something go wrong</h2>
      <div class="switches">
        {switches.map(({ name, text, note }) => (
          <button
            key={name}
            type="button"
            role="switch"
            class="switch"
            aria-checked={weather.on[name]}
            title={note}
            onClick={() => void turn(name, !weather.on[name])}
          >
            <span class="knob" aria-hidden="true" />
            {text}
          </button>
        ))}
        <span class={`bot-state bot-${weather.bot}`} role="status">
          Bot {botWords[weather.bot]}
        </span>
        <button
          type="button"
          class={isRunning ? 'button danger-quiet' : 'button primary'}
          disabled={busy || weather.bot === 'starting'}
          onClick={() => void change()}
        >
          {isRunning ? 'Kill the bot' : 'Start the bot'}
        </button>
      </div>
    </section>
  );
}
