import type { CommandText } from './command-text.js';
import type { CommandBody } from './payloads.js';
import type { CommandAck } from './with-ack.js';

/** `/handle` as it was typed, and how it is acknowledged. */
export interface TypedCommand {
  readonly ack: CommandAck;
  readonly typed: CommandBody;
  readonly text: CommandText;
}
