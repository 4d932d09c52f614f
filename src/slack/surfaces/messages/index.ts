import type { Facts } from '../../../changes/facts.js';
import type { Changes } from '../../../changes/table.js';
import type { Notice, ToNotify } from '../../../chat.js';
import type { Document } from '../../../markup/parts.js';
import type { MessageKind } from '../../../requests/step.js';
import type { Message } from '../render/message.js';
import { drawMessage } from '../render/whole.js';
import type { About } from './about.js';
import { approval } from './approval.js';
import { outcome } from './outcome.js';
import { linked } from './linked.js';
import { kept, reminder } from './reminder.js';
import { ended, warning, welcome } from './to-subject.js';
import { notice, trouble } from './trouble.js';

type Draw = (about: About, message: ToNotify) => Document | null;

const table: Readonly<Record<MessageKind, Draw>> = {
  approval,
  outcome,
  linked,
  welcome,
  announcement: ({ request, change }) => change.words.announcement(request),
  kept,
  reminder,
  warning,
  ended,
  trouble,
};

/** What messages are made from besides what they are about. */
export interface MessageContext {
  readonly facts: Facts;
  readonly changes: Changes;
}

/**
 * How a message reads, or null where there is nothing to say. The same request and facts give the same message, so that an
 * unchanged one is not edited.
 */
export function renderMessage(
  message: ToNotify | Notice,
  { facts, changes }: MessageContext,
): Message | null {
  if (message.message === 'notice') return drawMessage(notice(message));
  const { request } = message;
  const about = { request, change: changes.of(request), facts };
  const document = table[message.message](about, message);
  return document === null ? null : drawMessage(document);
}
