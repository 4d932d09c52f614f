import { useState } from 'preact/hooks';
import type { Faults, FaultName } from '../../src/sandbox/page/shown.js';
import { setBot, setFault } from '../state/api.js';

const SWITCHES: readonly {
  readonly name: FaultName;
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

const BOT_STATUS_WORDS = { running: 'running', stopped: 'killed', starting: 'starting…' } as const;

/** Switches that inject faults, to watch how the bot copes. */
export function FaultPanel({ faults }: { readonly faults: Faults }) {
  const [busy, setBusy] = useState(false);
  const isRunning = faults.bot === 'running';
  const change = async (): Promise<void> => {
    setBusy(true);
    await setBot(isRunning ? 'kill' : 'start');
    setBusy(false);
  };
  return (
    <section class="panel faults" aria-labelledby="faults-title">
      <h2 id="faults-title">Make something go wrong</h2>
      <div class="switches">
        {SWITCHES.map(({ name, text, note }) => (
          <button
            key={name}
            type="button"
            role="switch"
            class="switch"
            aria-checked={faults.on[name]}
            title={note}
            onClick={() => void setFault(name, !faults.on[name])}
          >
            <span class="knob" aria-hidden="true" />
            {text}
          </button>
        ))}
        <span class={`bot-state bot-${faults.bot}`} role="status">
          Bot {BOT_STATUS_WORDS[faults.bot]}
        </span>
        <button
          type="button"
          class={isRunning ? 'button danger-quiet' : 'button primary'}
          disabled={busy || faults.bot === 'starting'}
          onClick={() => void change()}
        >
          {isRunning ? 'Kill the bot' : 'Start the bot'}
        </button>
      </div>
    </section>
  );
}
