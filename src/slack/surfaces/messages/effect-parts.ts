import type { Effect } from '../../../changes/change.js';
import { bold, lines, type Markup, mrkdwn } from '../../../markup/markup.js';
import { fields, list, type Part, section, sections } from '../../../markup/parts.js';

/** What approving would do, to the last detail, as a change says it. */
export function effectParts({ facts, lines: points }: Effect): readonly Part[] {
  const title = bold('What approving would do');
  if (facts.length === 0) return [list(title, points)];
  return [section(title), fields(facts), sections(points.map((point) => mrkdwn`• ${point}`))];
}

export function warningParts(warnings: readonly Markup[]): readonly Part[] {
  return warnings.length === 0 ? [] : [section(lines(warnings.map((it) => mrkdwn`⚠️ ${it}`)))];
}
