import { source } from 'axe-core';
import { z } from 'zod';
import type { Visit } from './visit.js';

const found = z.array(
  z.object({
    id: z.string(),
    impact: z.string().nullable(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
);

/** Everything serious that axe finds, as it is on the screen. */
export async function complaintsOf({ page }: Pick<Visit, 'page'>): Promise<readonly string[]> {
  await page.evaluate(source);
  const violations = await page.evaluate<unknown>('axe.run().then((it) => it.violations)');
  return found
    .parse(violations)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((one) => `${one.html} ${one.failureSummary ?? ''}`).join('\n')}`,
    );
}
