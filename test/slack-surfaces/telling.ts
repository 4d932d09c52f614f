import type { ToTell } from '../../src/chat.js';
import { privilegesFor } from '../../src/onezone/privileges.js';
import type { Beneficiary, GrantRequest, Request } from '../../src/requests/request.js';
import type { Telling } from '../../src/requests/step.js';
import type { Facts } from '../../src/slack/surfaces/messages/facts.js';
import { renderTelling } from '../../src/slack/surfaces/messages/index.js';
import type { Message } from '../../src/slack/surfaces/render/message.js';
import { aBeneficiary, after, aGrant, NOW } from '../builders.js';

const all = ['delete', 'list_handles', 'manage_handles', 'register_handle', 'update', 'view'].map(
  (word) => `handle_service_${word}`,
);

export const facts: Facts = {
  zone: { url: 'https://onezone.example.org', name: 'EGI Zone' },
  privileges: (level) => privilegesFor(level, { all }),
};

export const USE = facts.privileges('use');
export const END = after(90 * 24 * 60);
export const EFFECT = 'abcdef012345';

export function told(
  what: Telling,
  request: Request,
  said: Partial<Pick<ToTell, 'to' | 'person'>> = {},
): Message {
  const telling: ToTell = {
    what,
    to: 'C0DESK',
    person: null,
    request,
    posted: null,
    key: `tell:${request.id}:${what}`,
    mayBeThere: false,
    since: NOW,
    ...said,
  };
  return renderTelling(telling, facts);
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
export function active(said: Partial<Beneficiary> = {}): Beneficiary {
  return aBeneficiary({
    outcome: {
      kind: 'active',
      receipt: { membership: true, privileges: [...USE] },
      has: [...USE],
      at: after(61),
    },
    ...said,
  });
}

export function aDoneGrant(said: Partial<GrantRequest> = {}): GrantRequest {
  return aGrant({
    status: 'done',
    effect: EFFECT,
    decisions: [agreed()],
    end: END,
    people: [active()],
    ...said,
  });
}

export const someone = (index: number, said: Partial<Beneficiary> = {}): Beneficiary =>
  aBeneficiary({
    slack: `U0PERSON${String(index).padStart(2, '0')}`,
    identity: {
      onezone: `0549000${String(index).padStart(2, '0')}c799a7f14451e99fac94f351ach7099`,
      name: `Person ${String(index)}`,
      username: `person.${String(index)}`,
      by: 'linked',
    },
    ...said,
  });

export const many = (count: number, said: Partial<Beneficiary> = {}): Beneficiary[] =>
  Array.from({ length: count }, (_, index) => someone(index, said));
