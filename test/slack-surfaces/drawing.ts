import type { ToNotify } from '../../src/chat.js';
import type { Facts } from '../../src/changes/facts.js';
import { changes } from '../../src/changes/index.js';
import { createChanges } from '../../src/changes/table.js';
import { privilegesFor } from '../../src/onezone/privileges.js';
import type { Request, Subject } from '../../src/requests/request.js';
import type { MessageKind } from '../../src/requests/step.js';
import { type MessageContext, renderMessage } from '../../src/slack/surfaces/messages/index.js';
import type { Message } from '../../src/slack/surfaces/render/message.js';
import { after, aGrant, aSubject, days, NOW } from '../builders.js';

const all = ['delete', 'list_handles', 'manage_handles', 'register_handle', 'update', 'view'].map(
  (word) => `handle_service_${word}`,
);

export const facts: Facts = {
  zone: { url: 'https://onezone.example.org', name: 'EGI Zone' },
  privileges: (level) => privilegesFor(level, { all }),
};

export const drawing: MessageContext = { facts, changes: createChanges(changes) };

export const USE = facts.privileges('use');
export const END = days(90);
export const EFFECT = 'abcdef012345';

type Said = Partial<Pick<ToNotify, 'to' | 'person' | 'trouble' | 'undelivered'>>;

/** The message as it is posted, or null where there is nothing to say. */
export const drawMessage = (
  message: MessageKind,
  request: Request,
  said: Said = {},
): Message | null =>
  renderMessage(
    {
      message,
      to: 'C0DESK',
      person: null,
      request,
      trouble: 'request',
      undelivered: null,
      posted: null,
      key: `notify:${request.id}:${message}`,
      mayBeThere: false,
      since: NOW,
      ...said,
    },
    drawing,
  );

export function messageOf(message: MessageKind, request: Request, said: Said = {}): Message {
  const drawn = drawMessage(message, request, said);
  if (drawn === null) throw new Error(`There is no “${message}” for ${request.id}.`);
  return drawn;
}

export const agreed = (by = 'U0CURATOR', comment = ''): Request['decisions'][number] => ({
  by,
  onezone: null,
  verdict: 'approve',
  effect: EFFECT,
  comment,
  at: after(60),
});

/** Lena has it, read back. */
export function having(said: Partial<Subject> = {}): Subject {
  return aSubject({
    outcome: { kind: 'done', at: after(61), has: [...USE], added: ['member', ...USE] },
    ...said,
  });
}

export function aDoneGrant(said: Partial<Request> = {}): Request {
  return aGrant({
    status: 'done',
    effect: EFFECT,
    decisions: [agreed()],
    body: { end: END },
    subjects: [having()],
    ...said,
  });
}

export const someone = (index: number, said: Partial<Subject> = {}): Subject =>
  aSubject({
    slack: `U0PERSON${String(index).padStart(2, '0')}`,
    identity: {
      onezone: `0549000${String(index).padStart(2, '0')}c799a7f14451e99fac94f351ach7099`,
      name: `Person ${String(index)}`,
      username: `person.${String(index)}`,
      by: 'linked',
    },
    ...said,
  });

export const many = (count: number, said: Partial<Subject> = {}): Subject[] =>
  Array.from({ length: count }, (_, index) => someone(index, said));
