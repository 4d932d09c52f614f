import { createHash } from 'node:crypto';
import type { Message } from '../surfaces/render/message.js';
import { EVENT_TYPE } from './find-posted.js';

/** A message as it goes out. */
export interface Draft {
  readonly key: string;
  readonly message: Message;
  readonly hash: string;
  /** What `client_msg_id` is made from. */
  readonly id: string;
}

export const draftOf = (key: string, message: Message): Draft => ({
  key,
  message,
  hash: sha256(JSON.stringify([message.text, message.blocks])),
  id: key,
});

/** The arguments that posting and editing have in common. */
export const contentOf = ({ key, message, hash }: Draft): Record<string, unknown> => ({
  text: message.text,
  blocks: message.blocks,
  metadata: { event_type: EVENT_TYPE, event_payload: { key, hash } },
});

/** Version 8 of RFC 9562: the form of a UUID, made from a hash. */
export function uuidOf({ id }: Draft): string {
  const hex = sha256(id);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
