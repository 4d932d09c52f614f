import type { SlackSandbox } from '../slack/server.js';
import type { AuditTrail } from './audit-trail.js';
import { auditWords, type Naming } from './audit-words.js';
import type { ShownAudit } from './shown.js';

/** As many as one scrolls through. */
const mostLines = 200;

/** The newest lines of the audit, in words. */
export function showAudit({ lines, check }: AuditTrail, slack: SlackSandbox): ShownAudit {
  const name = namesOf(slack);
  return {
    total: lines.length,
    check: check === null ? null : { ...check },
    lines: lines
      .slice(-mostLines)
      .reverse()
      .map((line) => ({
        seq: line.seq,
        at: line.at.toISOString(),
        who: line.who,
        what: line.what,
        says: auditWords(line, name),
        request: line.request,
        hash: line.hash,
        previous: line.previous,
        detail: JSON.stringify(line.detail, null, 2),
      })),
  };
}

export const namesOf =
  ({ state }: SlackSandbox): Naming =>
  (id) =>
    state.users[id]?.real_name ?? id;
