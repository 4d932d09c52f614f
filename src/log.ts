import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.js';
import type { Secrets } from './secrets.js';

/**
 * JSON lines for operators. Redacts the finished line, not the arguments, so that it covers bindings, nested objects,
 * messages, stacks and causes of errors.
 */
export function createLog(options: {
  readonly level: LogLevel;
  readonly secrets: Secrets;
  /** Default: standard output. */
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
 * Synchronous, and silent once the reader is gone. Pino's default buffers: a killed process loses its last lines, and one
 * without a reader hangs at exit trying to flush.
 */
function standardOutput(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true });
  let hasReader = true;
  stream.on('error', () => {
    hasReader = false;
  });
  return {
    write: (line) => {
      if (hasReader) stream.write(line);
    },
  };
}
