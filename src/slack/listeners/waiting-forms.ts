import type { SubmissionAnswer } from '../../chat.js';

/** In ms, of Slack’s three seconds for an acknowledgement. */
const WAIT_MS = 1_500;

/**
 * Forms whose acknowledgement waits for what comes of them: only that can close a form, or leave it open with what is wrong. The work may be
 * done by another replica, which then tells the person by message.
 */
export interface WaitingForms {
  /** What came of it, or null when that takes too long or is not done here. Called before the work can begin. */
  answerTo(view: string): Promise<SubmissionAnswer | null>;
  /** False: nobody waits for it here. */
  give(view: string, answer: SubmissionAnswer): boolean;
}

interface Waiting {
  readonly answer: Promise<SubmissionAnswer | null>;
  readonly settle: (answer: SubmissionAnswer | null) => void;
}

export function createWaitingForms(): WaitingForms {
  const waiting = new Map<string, Waiting>();
  const begin = (view: string): Waiting => {
    let settle: Waiting['settle'] = () => undefined;
    const answer = new Promise<SubmissionAnswer | null>((resolve) => {
      const timer = setTimeout(() => {
        waiting.delete(view);
        resolve(null);
      }, WAIT_MS).unref();
      settle = (given) => {
        clearTimeout(timer);
        resolve(given);
      };
    });
    const begun = { answer, settle };
    waiting.set(view, begun);
    return begun;
  };
  return {
    // Sent twice, it is still one form with one answer.
    answerTo: (view) => (waiting.get(view) ?? begin(view)).answer,
    give: (view, answer) => {
      const found = waiting.get(view);
      waiting.delete(view);
      found?.settle(answer);
      return found !== undefined;
    },
  };
}
