import { refusals } from '../errors.js';
import { type Request, settledAs, type Status } from './request.js';

interface Transition {
  readonly from: readonly Status[];
  readonly to: readonly Status[];
}

const open = ['pending', 'approved', 'carrying out'] as const;
const settled = ['done', 'failed', 'unclear'] as const;

/** Every event in the life of a request, and the only statuses it leads from and to. */
export const TRANSITIONS = {
  preview: { from: ['pending'], to: ['pending'] },
  approve: { from: ['pending'], to: ['pending', 'approved'] },
  deny: { from: ['pending'], to: ['denied'] },
  withdraw: { from: ['pending'], to: ['withdrawn'] },
  lapse: { from: ['pending'], to: ['lapsed'] },
  remind: { from: ['pending'], to: ['pending'] },
  escalate: { from: ['pending'], to: ['pending'] },
  /** Again from `carrying out`: a change whose call got lost may be started anew. */
  start: { from: ['approved', 'carrying out'], to: ['carrying out'] },
  /** The call never left. */
  unsend: { from: ['carrying out'], to: ['approved'] },
  progress: { from: ['carrying out'], to: ['carrying out'] },
  settle: { from: ['carrying out'], to: settled },
  giveUp: { from: open, to: ['failed', 'unclear'] },
  /** Onezone does not answer, or not to us; also while something ends that was carried out long ago. */
  postpone: { from: [...open, ...settled], to: [...open, ...settled] },
  /** What was given comes to its end, or is taken away. */
  follow: { from: settled, to: settled },
} as const satisfies Readonly<Record<string, Transition>>;

export type Event = keyof typeof TRANSITIONS;

export const can = ({ status }: Pick<Request, 'status'>, event: Event): boolean =>
  isOneOf(status, TRANSITIONS[event].from);

/**
 * The request after an event. Every move goes through here: one that the table does not know is a fault, since clocks and
 * jobs ask `can` before, and people are told why not by `mustBePending`.
 */
export function after<R extends Request>(request: R, event: Event, next: Partial<Request>): R {
  const { status = request.status } = next;
  const known: Transition = TRANSITIONS[event];
  const staysSame = event !== 'postpone' && event !== 'follow' ? true : status === request.status;
  if (!isOneOf(request.status, known.from) || !isOneOf(status, known.to) || !staysSame) {
    throw new TypeError(`${request.id} cannot go from ${request.status} to ${status} by ${event}.`);
  }
  return { ...request, ...next, version: request.version + 1 };
}

/** People act on screens that may be out of date. */
export function mustBePending(request: Request, now: Date): void {
  const as = settledAs(request, now);
  if (as !== null) throw refusals.notPending(request.id, as);
}

const isOneOf = (status: Status, statuses: readonly Status[]): boolean => statuses.includes(status);
