import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.js';
import type { Secrets } from './secrets.js';

/**
 * The log for operators: one line of JSON each. Redaction works on the finished line and not on what was passed in,
 * so that nothing gets around it: bindings, nested objects, messages, stacks and causes of errors are all in there.
 */
export function createLog(options: {
  readonly level: LogLevel;
  readonly secrets: Secrets;
  /** Standard output when not said. */
  readonly destination?: DestinationStream;
}): Logger {
  const { level, secrets, destination } = options;
  const settings = {
    level,
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: pino.stdSerializers.err, cause: pino.stdSerializers.err },
    hooks: { streamWrite: secrets.redactLine },
  };
  return pino(settings, destination ?? standardOutput());
}

/**
 * Each line at once, and none any more when nobody reads them. Pino's own default writes later: a process that is killed loses its last
 * lines, and one whose reader went away tries for ever to write them when it should end.
 */
function standardOutput(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true });
  let isRead = true;
  stream.on('error', () => {
    isRead = false;
  });
  return {
    write: (line) => {
      if (isRead) stream.write(line);
    },
  };
}
