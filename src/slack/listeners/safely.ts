import type { Logger } from 'pino';
import type { SubmissionAnswer } from '../../chat.js';
import { Refusal } from '../../errors.js';
import { describeFault } from '../transport/fault.js';

/** What a person is told when something that they wanted was not done. */
export type ErrorReply =
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly text: string }
  | { readonly kind: 'fault'; readonly supportId: string; readonly text: string };

export const refusalReply = (refusal: Refusal): ErrorReply => ({
  kind: 'refusal',
  refusal,
  text: `${refusal.message} ${refusal.next}`,
});

export const faultReply = (supportId: string): ErrorReply => ({
  kind: 'fault',
  supportId,
  text: `Something went wrong on our side. Please try again; if it happens again, tell an operator the support id ${supportId}.`,
});

/** What is to be said where something sent was not done; null where it was. */
export function errorReplyOf(answer: SubmissionAnswer): ErrorReply | null {
  switch (answer.kind) {
    case 'refused':
      return refusalReply(answer.refusal);
    case 'fault':
      return faultReply(answer.supportId);
    case 'request':
    case 'proved':
    case 'disowned':
      return null;
  }
}

/** How every listener runs. Never throws: what went wrong is told to the person, and a fault is logged as well. */
export type Safely = (listener: {
  /** For the log: which listener this is, such as `command /handle`. Never what a person typed. */
  readonly name: string;
  /** For the audit: who is waiting. */
  readonly who: string;
  readonly work: () => Promise<void>;
  /** How this person is answered here: in the form, by `ack`, by `response_url`, by direct message. */
  readonly answer: (reply: ErrorReply) => Promise<unknown>;
}) => Promise<void>;

export const createSafely = (options: {
  readonly log: Logger;
  readonly newSupportId: () => string;
  /** A fault is on record under the support id that the person was told, as far as it can be. */
  readonly record: (fault: {
    readonly name: string;
    readonly who: string;
    readonly supportId: string;
  }) => Promise<unknown>;
}): Safely => {
  const replyTo = (name: string, error: unknown): ErrorReply => {
    if (error instanceof Refusal) {
      options.log.info({ listener: name, refusal: error.code }, 'refused');
      return refusalReply(error);
    }
    const supportId = options.newSupportId();
    options.log.error(
      { listener: name, supportId, fault: describeFault(error) },
      'a listener failed',
    );
    return faultReply(supportId);
  };
  const record = async (fault: Parameters<typeof options.record>[0]): Promise<void> => {
    try {
      await options.record(fault);
    } catch (error) {
      const { supportId } = fault;
      options.log.error({ supportId, fault: describeFault(error) }, 'a fault is not in the audit');
    }
  };
  return async ({ name, who, work, answer }) => {
    try {
      await work();
    } catch (error) {
      const reply = replyTo(name, error);
      try {
        await answer(reply);
      } catch (unanswered) {
        const supportId = reply.kind === 'fault' ? reply.supportId : options.newSupportId();
        const fault = describeFault(unanswered);
        options.log.error({ listener: name, supportId, fault }, 'the person could not be told');
      }
      if (reply.kind === 'fault') await record({ name, who, supportId: reply.supportId });
    }
  };
};
