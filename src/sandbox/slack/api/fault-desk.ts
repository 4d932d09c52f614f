import type { Faults, SlackFault } from '../types.js';

export interface FaultDesk extends Faults {
  /** The fault this call meets, which is thereby used once; null when there is none. */
  take(method: string, channel: unknown): SlackFault | null;
}

export function createFaultDesk(): FaultDesk {
  const pending: { readonly fault: SlackFault; left: number }[] = [];
  return {
    add(fault) {
      pending.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      pending.length = 0;
    },
    take(method, channel) {
      const found = pending.find(
        ({ fault, left }) =>
          left > 0 &&
          (fault.method === undefined || fault.method === method) &&
          (fault.channel === undefined || fault.channel === channel),
      );
      if (found === undefined) return null;
      found.left -= 1;
      return found.fault;
    },
  };
}
