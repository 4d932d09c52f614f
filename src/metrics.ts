import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Dropped } from './connections.js';
import type { OnezoneCall } from './onezone/onezone.js';
import type { Store } from './store/store.js';

export interface Metrics {
  readonly onezoneCall: (call: OnezoneCall) => void;
  readonly connectionDropped: (listener: 'slack' | 'ops', how: Dropped) => void;
  /** A request to Slack's listener was turned away with this status. */
  readonly requestRefused: (status: number) => void;
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
  const dropped = new Counter({
    name: 'handle_desk_connections_dropped_total',
    help: 'Connections closed because their listener had no room: displaced by a newer one, or refused.',
    labelNames: ['listener', 'how'],
    registers,
  });
  const refused = new Counter({
    name: 'handle_desk_slack_requests_refused_total',
    help: 'Requests that were turned away before anything ran, by status.',
    labelNames: ['status'],
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
    connectionDropped: (listener, how) => {
      dropped.inc({ listener, how });
    },
    requestRefused: (status) => {
      refused.inc({ status });
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
