import { z } from 'zod';

const where = {
  /** HTTP method; any when left out. */
  method: z.string().optional(),
  /** The path without query: exact text in which `*` stands for anything, or (in process only) a RegExp. */
  path: z.union([z.string(), z.instanceof(RegExp)]).optional(),
  /** How many requests it hits before it is gone; left out = until cleared. */
  times: z.number().int().positive().optional(),
};
const kind = <K extends string>(name: K) => z.object({ ...where, kind: z.literal(name) });

/** One way for the wire or the server to fail, as data: a page may send it (with `path` as text). */
export const zoneFaultSchema = z.discriminatedUnion('kind', [
  /** Answers instead of the server. Without `errorId` the body is empty; with it, Onezone's JSON for that error. */
  z.object({
    ...where,
    kind: z.literal('status'),
    status: z.number().int().min(200).max(599),
    errorId: z.string().nullable().optional(),
  }),
  /** Waits, then goes on as normal. */
  z.object({ ...where, kind: z.literal('delay'), ms: z.number().nonnegative() }),
  /** The socket dies and nothing was done. */
  kind('reset-before'),
  /** Everything was done, then the socket dies instead of the answer. */
  kind('commit-then-reset'),
  /** Never answers, nothing was done. */
  kind('hang'),
  /** Never answers, everything was done. */
  kind('commit-then-hang'),
  /** What a captive portal or a wrong ingress says: 200 with an HTML page. */
  kind('html'),
  /** 429 with `Retry-After` in seconds (default 1); Onezone never does it, a proxy in front may. */
  z.object({
    ...where,
    kind: z.literal('too-many'),
    retryAfter: z.number().int().nonnegative().optional(),
  }),
  /** 500 with an empty body: a crash outside the entity logic. */
  kind('crash-empty'),
  /** Any answer at all instead of the server's, such as one that lies. With `commits` everything is done before. */
  z.object({
    ...where,
    kind: z.literal('answer'),
    status: z.number().int().min(200).max(599),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.string().optional(),
    commits: z.boolean().optional(),
  }),
  /** 500 `internalServerError`, with a reference of ten hex digits where the version gives one. */
  kind('crash'),
]);

export type ZoneFault = z.infer<typeof zoneFaultSchema>;

export interface ZoneFaults {
  /** Throws a ZodError for what is no fault. The first added that matches a request hits it, and only that one. */
  add: (fault: ZoneFault) => void;
  clear: () => void;
  /** Those still waiting; `times` counts down. */
  readonly active: readonly ZoneFault[];
}

export interface FaultQueue extends ZoneFaults {
  /** The fault that hits this request, used up by one. */
  take: (method: string, path: string) => ZoneFault | null;
}

export function faultQueue(changed: () => void): FaultQueue {
  let waiting: ZoneFault[] = [];
  return {
    get active() {
      return [...waiting];
    },
    add(fault) {
      waiting.push(zoneFaultSchema.parse(fault));
      changed();
    },
    clear() {
      waiting = [];
      changed();
    },
    take(method, path) {
      const hit = waiting.find((fault) => hits(fault, method, path));
      if (hit === undefined) return null;
      if (hit.times !== undefined) {
        waiting = waiting.flatMap((fault) => (fault === hit ? usedOnce(hit) : [fault]));
        changed();
      }
      return hit;
    },
  };
}

function usedOnce(fault: ZoneFault): ZoneFault[] {
  const left = (fault.times ?? 1) - 1;
  return left > 0 ? [{ ...fault, times: left }] : [];
}

function hits(fault: ZoneFault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  // `search` keeps no lastIndex, so a RegExp with the g flag hits every time.
  if (fault.path instanceof RegExp) return path.search(fault.path) !== -1;
  const wanted = fault.path.split('*').map(escaped).join('.*');
  return new RegExp(`^${wanted}$`).test(path);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
