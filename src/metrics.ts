import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { OnezoneCall } from './onezone/onezone.js';
import type { Store } from './store/store.js';

export interface Metrics {
  readonly onezoneCall: (call: OnezoneCall) => void;
  /** In the Prometheus text format. */
  readonly text: (store: Store, now: Date) => Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  collectDefaultMetrics(registry === undefined ? {} : { register: registry });
  const calls = new Counter({
    name: 'handle_desk_onezone_calls_total',
    help: 'Calls to Onezone by method, route and status (none: no answer).',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const seconds = new Histogram({
    name: 'handle_desk_onezone_call_seconds',
    help: 'How long Onezone took to answer.',
    labelNames: ['method'],
    registers,
  });
  const jobs = new Gauge({
    name: 'handle_desk_jobs',
    help: 'Jobs by state. Buried ones need an operator.',
    labelNames: ['state'],
    registers,
  });
  const late = new Gauge({
    name: 'handle_desk_oldest_due_job_seconds',
    help: 'How long the oldest due job has been waiting.',
    registers,
  });
  return {
    onezoneCall: ({ method, route, status, ms }) => {
      calls.inc({ method, route, status: status ?? 'none' });
      seconds.observe({ method }, ms / 1000);
    },
    text: async (store, now) => {
      const counts = await store.jobs.counts(now);
      for (const state of ['waiting', 'overdue', 'running', 'buried'] as const) {
        jobs.set({ state }, counts[state]);
      }
      late.set(counts.oldestDue === null ? 0 : (now.getTime() - counts.oldestDue.getTime()) / 1000);
      return registry === undefined ? '' : registry.metrics();
    },
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
  };
}
