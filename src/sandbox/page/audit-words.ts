import { z } from 'zod';
import type { AuditLine } from '../../store/store.js';
import { inWords, parseDuration } from '../../requests/duration.js';

/** Names a Slack user; what is no known id stays as it is. */
export type Naming = (id: string) => string;

/** What happened, as a sentence without its subject: “asked for …”. */
export function auditWords(line: AuditLine, name: Naming): string {
  const detail = details.parse(line.detail);
  const service = line.service === null ? 'a handle service' : `“${line.service.name}”`;
  const request = line.request ?? 'a request';
  switch (line.what) {
    case 'asked':
      return askedWords(line, detail, name);
    case 'refused':
      return `was refused${detail.wanted === '' ? '' : ` (${detail.wanted})`}: ${plain(detail.why, name)}`;
    case 'previewed':
      return `read in Onezone what ${request} would do`;
    case 'approved':
      return `agreed to ${request}${missingWords(detail.missing)}`;
    case 'denied':
      return `denied ${request}: ${detail.reason}`;
    case 'withdrawn':
      return `withdrew ${request}`;
    case 'lapsed':
      return `let ${request} lapse: nobody decided in time`;
    case 'reminded':
      return `reminded the approvers of ${request}`;
    case 'escalated':
      return `asked others as well to decide about ${request}`;
    case 'asked in person':
      return `asked each approver of ${request} in person`;
    case 'started':
      return `began to carry out ${request}${endWords(detail.end)}`;
    case 'registered':
      return `registered ${service} in Onezone`;
    case 'carried out':
      return carriedOutWords(line, detail, name);
    case 'failed':
      return `could not carry out ${request}${because(detail.why, name)}`;
    case 'unclear':
      return `cannot say what became of ${request}${because(detail.why, name)}`;
    case 'ending':
      return `began to end ${request}: its time is up`;
    case 'ended':
      return `ended the access of ${people(line, name)} to ${service}`;
    case 'inherited':
      return `goes on with what an ended grant had given for ${service}`;
    case 'linked':
      return `linked ${people(line, name)} to the Onezone user ${detail.onezone}${detail.how === '' ? '' : ` (${detail.how})`}`;
    case 'unlinked':
      return `took away the link of ${people(line, name)} to the Onezone user ${detail.onezone}`;
    case 'policy loaded':
      return 'loaded the policy';
    case 'policy refused':
      return `refused a changed policy: ${detail.problems.join('; ')}`;
    case 'message failed':
      return `could not post a message about ${request} (${detail.code})`;
    case 'fault':
      return `ran into a fault (${detail.wanted})`;
    case 'kept waiting':
      return `keeps ${request}: ${detail.why === '' ? 'Onezone does not answer.' : detail.why}`;
  }
}

const text = z.string().catch('');

/** Those facts that the sentences use; a line of another version may lack any of them. */
const details = z.object({
  wanted: text,
  why: text,
  reason: text,
  code: text,
  onezone: text,
  how: text,
  name: text,
  level: text,
  until: z
    .union([z.object({ for: z.string() }), z.object({ on: z.string() }), z.literal('permanent')])
    .nullable()
    .catch(null),
  registrar: text,
  missing: z.number().catch(0),
  end: z.string().nullable().catch(null),
  settled: z.number().nullable().catch(null),
  of: z.number().nullable().catch(null),
  problems: z.array(z.string()).catch([]),
  outcomes: z.array(z.looseObject({ slack: z.string(), kind: z.string() })).catch([]),
});
type Details = z.infer<typeof details>;

function askedWords(line: AuditLine, detail: Details, name: Naming): string {
  const service = line.service === null ? 'a handle service' : `“${line.service.name}”`;
  if (detail.level === '') return `asked to register ${service} (${detail.registrar})`;
  const isForMe = line.people.length === 1 && line.people[0] === line.who;
  const whom = isForMe ? '' : ` for ${people(line, name)}`;
  return `asked to ${detail.level} ${service}${whom} ${untilWords(detail.until)}`;
}

function carriedOutWords(line: AuditLine, detail: Details, name: Naming): string {
  const service = line.service === null ? 'a handle service' : `“${line.service.name}”`;
  const { settled, of, outcomes } = detail;
  if (settled !== null && of !== null && settled < of) {
    return `gave access to ${settled} of ${of} people so far, ${service}`;
  }
  if (outcomes.length === 0) return `read ${service} back from Onezone: it is registered`;
  const active = outcomes.filter((it) => it.kind === 'active').map((it) => it.slack);
  const whom = names(active, name);
  return `read back from Onezone: ${whom} ${active.length === 1 ? 'has' : 'have'} access to ${service}`;
}

function untilWords(until: Details['until']): string {
  if (until === null) return '';
  if (until === 'permanent') return 'permanently';
  if ('on' in until) return `until ${until.on}`;
  const ms = parseDuration(until.for);
  return `for ${ms === null ? until.for : inWords(ms)}`;
}

const missingWords = (missing: number): string =>
  missing > 0 ? `; ${missing} more must agree` : '';

const endWords = (end: string | null): string =>
  end === null ? '' : `; its end on ${end.slice(0, 10)} is already on record`;

const because = (why: string, name: Naming): string => (why === '' ? '' : `: ${plain(why, name)}`);

const people = (line: AuditLine, name: Naming): string => names(line.people, name);

/** A few by name, many by number. */
function names(ids: readonly string[], name: Naming): string {
  if (ids.length === 0) return 'nobody';
  if (ids.length > 3) return `${ids.length} people`;
  return ids.map(name).join(', ');
}

/** Refusals name people as Slack mentions do. */
const plain = (words: string, name: Naming): string =>
  words.replace(/<@([A-Z0-9]+)>/g, (_, id: string) => name(id)).replaceAll('`', '');
