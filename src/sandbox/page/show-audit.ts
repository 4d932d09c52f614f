import type { SlackSandbox } from '../slack/server.js';
import type { AuditTrail } from './audit-trail.js';
import { auditWords, type Naming } from './audit-words.js';
import type { ShownAudit } from './shown.js';

/** Keeps the event small; nobody scrolls further back. */
const MAX_LINES = 200;

export function showAudit({ lines, check, asked }: AuditTrail, slack: SlackSandbox): ShownAudit {
  const telling = { name: namesOf(slack), asked };
  return {
    total: lines.length,
    check: check === null ? null : { ...check },
    lines: lines
      .slice(-MAX_LINES)
      .reverse()
      .map((line) => ({
        seq: line.seq,
        at: line.at.toISOString(),
        who: line.who,
        what: line.what,
        says: auditWords(line, telling),
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
