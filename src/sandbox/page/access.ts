import { z } from 'zod';
import type { AuditLine } from '../../store/store.js';
import { createAskedBook } from './asked.js';
import { outcomesIn } from './outcomes.js';
import type { ShownMember } from './shown.js';

type Lasts = NonNullable<ShownMember['lasts']>;

/** How long the grants in force last, derived from the audit alone. */
export interface Access {
  readonly take: (line: AuditLine) => void;
  /** The longest of several grants. Null: no grant in force by this desk. */
  lasts(service: string, onezoneUser: string): Lasts | null;
}

/** When a grant ends; null: never. */
type End = string | null;

export function createAccess(): Access {
  const asked = createAskedBook();
  /** Of each extension: the grant whose end it moves. */
  const extended = new Map<string, string>();
  /** Of each grant and extension, from its start. */
  const ends = new Map<string, End>();
  const grants = new Map<string, Map<string, End>>();

  function take(line: AuditLine): void {
    asked.take(line);
    const { what, request, service, detail } = line;
    if (request === null || service === null || service.id === null) return;
    const facts = details.parse(detail);
    if (what === 'asked' && facts.access !== null) extended.set(request, grantIn(facts.access));
    if (what === 'started') ends.set(request, facts.end);
    for (const { onezone, kind } of outcomesIn(line)) {
      if (onezone === null) continue;
      move(grantsAt(`${service.id} ${onezone}`), request, kind);
    }
  }

  function move(held: Map<string, End>, request: string, kind: string): void {
    const change = asked.of(request)?.change;
    const end = ends.get(request) ?? null;
    if (change === 'extend') {
      const grant = extended.get(request);
      if (kind === 'done' && grant !== undefined && held.has(grant)) held.set(grant, end);
    }
    if (change !== 'grant') return;
    if (kind === 'ended') held.delete(request);
    // Of many people each line repeats the outcomes so far, and an extension may have come meanwhile.
    else if (kind === 'done' && !held.has(request)) held.set(request, end);
  }

  function grantsAt(at: string): Map<string, End> {
    const known = grants.get(at) ?? new Map<string, End>();
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

const details = z.object({
  access: z.string().nullable().catch(null),
  end: z.string().nullable().catch(null),
});

/** An access is written as `R-…:U…`: the grant and the person. */
const grantIn = (access: string): string => access.split(':')[0] ?? '';

function compareEnds(one: End, other: End): number {
  if (one === other) return 0;
  if (one === null) return 1;
  if (other === null) return -1;
  return one < other ? -1 : 1;
}
