import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { isAboutToken, toChatError } from '../transport/chat-error.js';

export type Caller = Pick<WebClient, 'apiCall'>;

/** Whether Slack takes what we send it: known from the calls that are made anyway. */
export interface SlackHealth {
  /** Why it does not, for operators, or null. Asking looks again: a bot that is not ready may have nothing else to call for. */
  readonly problem: () => string | null;
  /** The same client, whose calls are heeded. */
  readonly heeded: (client: Caller) => Caller;
}

interface Problem {
  readonly says: string;
  /** Null for what changes something in Slack: its job makes it again. */
  readonly look: (() => Promise<unknown>) | null;
}

interface Failed {
  readonly client: Caller;
  readonly method: string;
  readonly args: Parameters<Caller['apiCall']>[1];
  readonly code: string;
}

/** The key of what stands in the way of every call. A call that alone is not allowed has its own. */
const TOKEN = 'token';

/** Without an earlier copy a message is posted all the same, and a user group that cannot be read is told by itself. */
const DISPENSABLE = ['conversations.history', 'usergroups.users.list'];

export function createSlackHealth(log: Logger): SlackHealth {
  const problems = new Map<string, Problem>();
  const lookAgain = createLookAgain();

  function onSuccess(method: string): void {
    const over = [TOKEN, method].filter((key) => problems.delete(key));
    if (over.length > 0) log.info({ method }, 'Slack takes what the bot sends again');
  }

  function onRefused(failed: Failed): void {
    const { method, code } = failed;
    const key = isAboutToken(code) ? TOKEN : method;
    if (DISPENSABLE.includes(key)) return;
    // Once for an outage: every message meets it, at every attempt.
    if (!problems.has(key)) log.fatal({ method, code }, 'refused by Slack; messages are kept');
    problems.set(key, key === TOKEN ? aboutToken(failed) : aboutCall(failed));
  }

  const heeded = (client: Caller): Caller => ({
    apiCall: async (method, args) => {
      try {
        const answer = await client.apiCall(method, args);
        onSuccess(method);
        return answer;
      } catch (error) {
        const { kind, code } = toChatError(error, { repeatable: true });
        if (kind === 'credentials') onRefused({ client: heeded(client), method, args, code });
        throw error;
      }
    },
  });

  return {
    problem: () => {
      const [first] = problems.values();
      if (first?.look != null) lookAgain(first.look);
      return first?.says ?? null;
    },
    heeded,
  };
}

const aboutToken = ({ client, code }: Failed): Problem => ({
  says: `Slack does not take the bot token (${code})`,
  look: () => client.apiCall('auth.test'),
});

const aboutCall = ({ client, method, args, code }: Failed): Problem => ({
  says: `Slack does not let the bot call ${method} (${code})`,
  look: method.startsWith('chat.') ? null : () => client.apiCall(method, args),
});

/** One at a time, however often it is asked. What comes of it is heeded as with any call. */
function createLookAgain(): (look: () => Promise<unknown>) => void {
  let isLooking = false;
  return (look) => {
    if (isLooking) return;
    isLooking = true;
    void look()
      .catch(() => undefined)
      .finally(() => {
        isLooking = false;
      });
  };
}
