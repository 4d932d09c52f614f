import { LogLevel } from '@slack/bolt';
import type { Logger as BoltLogger } from '@slack/bolt';
import type { Logger } from 'pino';
import { describeFault, scrub } from './fault.js';

/** Bolt's and the SDK's lines in our log. Their debug lines hold message bodies and payloads, so those are dropped. */
export const createBoltLogger = (log: Logger): BoltLogger => {
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: readonly unknown[]): void => {
      const error = parts.find((part) => part instanceof Error);
      log[level](error ? { fault: describeFault(error) } : {}, sentence(parts));
    };
  return {
    debug: () => undefined,
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
};

// Objects are left out: what the libraries log as an object is an answer or a payload.
const sentence = (parts: readonly unknown[]): string =>
  scrub(parts.filter((part) => typeof part === 'string').join(' ')) || 'Slack library';
