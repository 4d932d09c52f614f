import type { Request } from '../../../requests/request.js';
import { code, type Markup, mrkdwn, sentence } from '../../../markup/markup.js';

/** Why, what next, and the id under which the log and the audit know it. */
export function troubleLines(request: Request): readonly Markup[] {
  const { trouble } = request;
  if (trouble === null) return [];
  return [
    sentence(trouble.why, { people: true }),
    mrkdwn`Next: ${sentence(trouble.next, { people: true })}`,
    mrkdwn`Support id: ${code(trouble.supportId)}`,
  ];
}
