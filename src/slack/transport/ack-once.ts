import type { ReceiverEvent } from '@slack/bolt';
import type { Logger } from 'pino';
import { describeFault } from './fault.js';

type Ack = ReceiverEvent['ack'];

/** An answer to Slack that goes out once, whoever gives it first. */
export interface AckOnce {
  /**
   * What a listener gets. When the answer cannot be delivered it throws, and the listener's work must not go on: Slack
   * shows the person a failure, and they will try again.
   */
  readonly ack: Ack;
  readonly isGiven: () => boolean;
  /** Resolves when the answer is out, or could not be delivered. */
  readonly out: Promise<void>;
  /** The guard's own answer, when no listener gave one. Never throws. */
  readonly fallback: (answer: unknown) => Promise<void>;
}

export const createAckOnce = (ack: Ack, log: Logger): AckOnce => {
  let given = false;
  let isOut: () => void = () => undefined;
  const out = new Promise<void>((resolve) => {
    isOut = resolve;
  });
  const first = async (answer: unknown): Promise<void> => {
    given = true;
    try {
      await ack(answer);
    } finally {
      isOut();
    }
  };
  return {
    ack: async (answer: unknown) => {
      // Bolt would throw here in HTTP mode, and in the middle of the listener's work.
      if (given)
        log.warn('a listener answered Slack a second time or too late; Slack has an answer');
      else await first(answer);
    },
    isGiven: () => given,
    out,
    fallback: async (answer) => {
      if (given) return;
      await first(answer).catch((error: unknown) => {
        log.warn({ fault: describeFault(error) }, 'Slack could not be answered');
      });
    },
  };
};
