import type { Effect } from '../../../changes/change.js';
import { bold, lines, type Markup, mrkdwn } from '../../../markup/markup.js';
import { fields, list, type Part, section, sections } from '../../../markup/parts.js';

/** What approving would do, as a change says it. */
export function effectParts({ facts, common, lines: points }: Effect): readonly Part[] {
  const title = bold('What approving would do');
  const head = common === null ? title : lines([title, common]);
  if (facts.length === 0) return [list(head, points)];
  return [section(head), fields(facts), sections(points.map((point) => mrkdwn`• ${point}`))];
}

/** The same for those who hear it. */
export function effectSpoken({ facts, common, lines: points }: Effect): readonly Markup[] {
  return [
    ...facts.map(([name, value]) => mrkdwn`${name}: ${value}`),
    ...(common === null ? [] : [common]),
    ...points,
  ];
}

export function warningParts(warnings: readonly Markup[]): readonly Part[] {
  return warnings.length === 0 ? [] : [list(bold('Know this before you agree'), warnings)];
}
