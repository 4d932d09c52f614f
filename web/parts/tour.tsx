import { useState } from 'preact/hooks';
import type { Tour as Shown } from '../../src/sandbox/page/shown.js';
import { useScene, userName } from '../state/scene.js';

interface Props {
  readonly tour: Shown;
  /** Index of the step after the last skipped one. */
  readonly skippedTo: number;
  readonly onSkip: (to: number) => void;
  readonly onClose: () => void;
  readonly onBecome: (id: string) => void;
}

type Step = Shown['steps'][number];

/** The guided tour. The server derives from the audit which steps are done. */
export function Tour({ tour, skippedTo, onSkip, onClose, onBecome }: Props) {
  const { steps } = tour;
  const [read, setRead] = useState(() => Math.max(tour.at, skippedTo));
  const at = Math.max(read, skippedTo);
  const step = steps[at];
  return (
    <section class="tour" aria-labelledby="tour-title">
      <ol class="tour-steps" aria-label="Steps">
        {steps.map((step, index) => (
          <li
            key={step.title}
            class={classOf(step, index === at)}
            aria-current={index === at ? 'step' : undefined}
          >
            <button
              type="button"
              onClick={() => {
                onSkip(0);
                setRead(index);
              }}
            >
              <span class="tour-number" aria-hidden="true">
                {step.done ? '✓' : index + 1}
              </span>
              {step.title}
              {step.done && <span class="hidden-words"> (done)</span>}
            </button>
          </li>
        ))}
      </ol>
      <div class="tour-now">
        <h2 id="tour-title" class="hidden-words">
          Guided tour
        </h2>
        {step === undefined ? (
          <p class="tour-said">
            That was the tour. Everything here goes on working: kill the bot in the middle of a
            request, let answers get lost, and watch what the record says.
          </p>
        ) : (
          <StepView step={step} onBecome={onBecome} />
        )}
        <p class="hidden-words" aria-live="polite">
          {step?.said}
        </p>
        <div class="tour-buttons">
          {step !== undefined && (
            <button
              type="button"
              class={step.done ? 'button primary' : 'button quiet'}
              onClick={() => {
                if (!step.done) onSkip(at + 1);
                setRead(at + 1);
              }}
            >
              {step.done ? (at + 1 === steps.length ? 'Finish' : 'Next step') : 'Skip this step'}
            </button>
          )}
          <button type="button" class="button quiet" onClick={onClose}>
            Close the tour
          </button>
        </div>
      </div>
    </section>
  );
}

function StepView(given: { readonly step: Step; readonly onBecome: (id: string) => void }) {
  const { directory, as } = useScene();
  const { parts, said } = given.step;
  if (said !== null) return <p class="tour-said">✓ {said}</p>;
  const next = parts.findIndex((part) => !part.done);
  return (
    <ul class="tour-parts">
      {parts.map(({ text, done, as: who }, index) => (
        <li key={text} class={done ? 'done' : index === next ? 'next' : ''}>
          <span aria-hidden="true">{done ? '✓' : '○'}</span> {text}
          {done && <span class="hidden-words"> (done)</span>}
          {index === next && who !== null && who !== as && (
            <button
              type="button"
              class="button small"
              onClick={() => {
                given.onBecome(who);
              }}
            >
              Be {userName(directory, who)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

const classOf = ({ done }: Step, current: boolean): string =>
  `${done ? 'done' : ''} ${current ? 'current' : ''}`.trim();
