import { createMetrics } from '../../src/metrics.js';
import { openStore } from '../../src/store/open.js';
import { cell, page, table } from './markdown.js';

/** What `/metrics` says after everything that is counted has happened once. */
export async function metricsPage(): Promise<string> {
  const metrics = createMetrics();
  metrics.onezoneCall({ method: 'GET', path: '/', route: '/', status: 200, ms: 1, attempt: 1 });
  metrics.connectionDropped('slack', 'refused');
  metrics.requestRefused(401);
  const store = await openStore('sqlite::memory:');
  const text = await metrics.text(store, new Date(0));
  await store.close();
  const all = [...text.matchAll(/^# HELP (handle_desk_\S+) (.+)\n# TYPE \S+ (\S+)$/gm)];
  return page(
    'Metrics',
    'the registry behind `/metrics`',
    `\`http://127.0.0.1:9090/metrics\` (\`OPS_HOST\`, \`OPS_PORT\`) has them in the Prometheus text format. Worth an alarm: buried jobs
(\`handle_desk_jobs{state="buried"}\` above 0) and work that does not get done (\`handle_desk_oldest_due_job_seconds\` above 300).`,
    table(
      ['metric', 'kind', 'labels', 'what it counts'],
      all.map(([, name = '', help = '', type = '']) => [
        `\`${name}\``,
        type,
        labelsOf(text, name)
          .map((label) => `\`${label}\``)
          .join(', '),
        cell(help),
      ]),
    ),
    'Beside these stand those of every Node.js program: processor, memory, open files, event loop (`process_…`, `nodejs_…`).',
  );
}

/** `le` is how a histogram is written. */
function labelsOf(text: string, name: string): readonly string[] {
  const sample = text
    .split('\n')
    .find((line) => [' ', '{', '_bucket{'].some((next) => line.startsWith(name + next)));
  if (sample === undefined) throw new Error(`${name} has no sample: let it be counted once here.`);
  const labels = [...sample.matchAll(/([a-z_]+)="/g)].map(([, label = '']) => label);
  return labels.filter((label) => label !== 'le');
}
