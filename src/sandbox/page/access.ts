import { z } from 'zod';
import type { AuditLine } from '../../store/store.js';
import type { ShownMember } from './shown.js';

type Lasts = NonNullable<ShownMember['lasts']>;

/** How long the grants in force last, read from the audit alone. */
export interface Access {
  readonly take: (line: AuditLine) => void;
  /** Of several grants the one that lasts longest. Null: this desk has given nothing that still holds. */
  lasts(service: string, onezoneUser: string): Lasts | null;
}

export function createAccess(): Access {
  const ends = new Map<string, string | null>();
  const grants = new Map<string, Map<string, string | null>>();

  function take({ what, request, service, detail }: AuditLine): void {
    if (request === null || service === null || service.id === null) return;
    if (what === 'started') {
      const read = started.safeParse(detail);
      if (read.success) ends.set(request, read.data.end);
    }
    const { outcomes } = settled.catch({ outcomes: [] }).parse(detail);
    for (const { onezone, kind } of outcomes) {
      if (onezone === null) continue;
      const at = `${service.id} ${onezone}`;
      if (kind === 'active') grantsAt(at).set(request, ends.get(request) ?? null);
      if (kind === 'ended') grantsAt(at).delete(request);
    }
  }

  function grantsAt(at: string): Map<string, string | null> {
    const known = grants.get(at) ?? new Map<string, string | null>();
    grants.set(at, known);
    return known;
  }

  return {
    take,
    lasts(service, user) {
      const held = [...(grants.get(`${service} ${user}`) ?? [])];
      const [longest] = held.sort(([, one], [, other]) => compareEnds(other, one));
      if (longest === undefined) return null;
      const [request, at] = longest;
      return at === null ? { kind: 'permanently', request } : { kind: 'until', at, request };
    },
  };
}

const started = z.looseObject({ end: z.string().nullable() });
const settled = z.looseObject({
  outcomes: z
    .array(z.looseObject({ onezone: z.string().nullable(), kind: z.string() }))
    .default([]),
});

function compareEnds(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}
