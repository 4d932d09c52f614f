import { z } from 'zod';
import type { AuditLine } from '../../store/store.js';
import { type Asked, readAsked } from './asked.js';
import { type LineOutcome, outcomesIn } from './outcomes.js';

/** Returns the name of a Slack user, or the id if it is unknown. */
export type Naming = (id: string) => string;

/** What a line does not say itself. */
export interface Vocabulary {
  readonly name: Naming;
  readonly asked: (request: string | null) => Asked | null;
}

/** What happened, as a sentence without its subject, e.g. “approved …”. */
export function auditWords(line: AuditLine, vocabulary: Vocabulary): string {
  const { name } = vocabulary;
  const detail = { ...details.parse(line.detail), outcomes: outcomesIn(line) };
  const service = serviceWords(line);
  const request = line.request ?? 'a request';
  switch (line.what) {
    case 'asked':
      return askedWords(line, name);
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
    case 'recorded':
      return `wrote down what Onezone answered to ${request}`;
    case 'carried out':
      return carriedOutWords(line, detail, vocabulary);
    case 'failed':
      return `could not carry out ${request}${because(whyFailed(detail), name)}`;
    case 'unclear':
      return `cannot say what became of ${request}${because(whyFailed(detail), name)}`;
    case 'ending':
      return `began to take back what ${request} gave`;
    case 'ended':
      return `ended the access of ${endedPeople(line, detail, name)} to ${service}${leftWords(detail)}`;
    case 'extended':
      return `noted that what ${request} gave ends later`;
    case 'access changed':
      return `changed what ${people(line, name)} can do with ${service} in Onezone: ${changedWords(detail)}`;
    case 'changed by others':
      return `saw that others changed what ${people(line, name)} can do with ${service}: ${driftWords(detail)}`;
    case 'warned':
      return `warned ${people(line, name)}: the access to ${service} ends${onDay(detail.end)}`;
    case 'linked':
      return `linked ${people(line, name)} to the Onezone user ${detail.onezone}${detail.how === '' ? '' : ` (${detail.how})`}`;
    case 'unlinked':
      return `took away the link of ${people(line, name)} to the Onezone user ${detail.onezone}`;
    case 'policy loaded':
      return 'loaded the policy';
    case 'policy refused':
      return `refused a changed policy: ${detail.problems.join('; ')}`;
    case 'group unreadable':
      return `could not read a user group of the policy (${detail.code})`;
    case 'group readable':
      return 'could read that user group again';
    case 'message failed':
      return `could not post a message about ${request} (${detail.code})`;
    case 'fault':
      return `ran into a fault (${detail.wanted})`;
    case 'kept waiting':
      return `keeps ${request}: ${detail.why === '' ? 'Onezone does not answer.' : detail.why}`;
    case 'taken up again':
      return `took ${request} up again`;
    default:
      return olderWords(line.what satisfies never, request);
  }
}

/** Words of earlier versions are still on record. */
const olderWords = (what: string, request: string): string => `${what} (${request})`;

const text = z.string().catch('');
const privileges = z.array(z.string()).nullable().catch(null);

/** The facts that the sentences use. Lines of other versions may lack any of them. */
const details = z.object({
  wanted: text,
  why: text,
  reason: text,
  code: text,
  onezone: text,
  how: text,
  missing: z.number().catch(0),
  end: z.string().nullable().catch(null),
  settled: z.number().nullable().catch(null),
  of: z.number().nullable().catch(null),
  problems: z.array(z.string()).catch([]),
  from: privileges,
  to: privileges,
  added: z.array(z.string()).catch([]),
  removed: z.array(z.string()).catch([]),
});
type Details = z.infer<typeof details> & { readonly outcomes: readonly LineOutcome[] };

function askedWords(line: AuditLine, name: Naming): string {
  const { wish } = readAsked(line);
  if (wish !== null) return `asked to ${plain(wish, name)}`;
  return `asked for ${line.request ?? 'something'} (${serviceWords(line)})`;
}

/** Says the wish, because a grant, an extension and a revocation have the same outcomes. */
function carriedOutWords(line: AuditLine, detail: Details, { name, asked }: Vocabulary): string {
  const wish = asked(line.request)?.wish ?? null;
  const what = wish === null ? (line.request ?? 'a request') : plain(wish, name);
  const { settled, of, outcomes } = detail;
  if (settled !== null && of !== null && settled < of) {
    return `read back from Onezone: ${settled} of ${of} people so far – ${what}`;
  }
  const not = ['failed', 'unclear'].flatMap((kind) => {
    const whom = outcomes.filter((outcome) => outcome.kind === kind).map(({ slack }) => slack);
    return whom.length === 0 ? [] : [`; ${kind} for ${names(whom, name)}`];
  });
  return `read back from Onezone: done – ${what}${not.join('')}${leftWords(detail)}`;
}

function whyFailed({ why, outcomes }: Details): string {
  if (why !== '') return why;
  const [first] = outcomes.filter(({ kind }) => kind === 'failed' || kind === 'unclear');
  if (first === undefined) return '';
  return first.kind === 'failed' ? first.why : `Onezone shows “${first.saw}”.`;
}

/** The line names everyone in the request, but only some of them may be at their end. */
function endedPeople(line: AuditLine, { outcomes }: Details, name: Naming): string {
  const ended = outcomes.filter(({ kind }) => kind === 'ended').map(({ slack }) => slack);
  return ended.length === 0 ? people(line, name) : names(ended, name);
}

/** What somebody still has after something was taken away. */
function leftWords({ outcomes }: Details): string {
  const left = new Set(outcomes.map((outcome) => outcome.left));
  const kept = [...left].filter((why) => why !== '' && why !== 'nothing');
  return kept.length === 0 ? '' : `; still there: ${kept.join(', ')}`;
}

/** The first look at an access has no “before”. */
function changedWords({ from, to }: Details): string {
  const now = to === null ? 'no member' : privilegeWords(to);
  return from === null ? `now ${now}` : `${privilegeWords(from)} → ${now}`;
}

function driftWords({ added, removed }: Details): string {
  const gained = added.length === 0 ? [] : [`added ${privilegeWords(added)}`];
  const lost = removed.length === 0 ? [] : [`took away ${privilegeWords(removed)}`];
  return [...gained, ...lost].join(', ');
}

/** As on the chips beside members. */
const privilegeWords = (words: readonly string[]): string =>
  words.map((word) => word.replace(/^handle_service_/, '').replaceAll('_', ' ')).join(', ') ||
  'no privileges';

const serviceWords = ({ service }: AuditLine): string =>
  service === null ? 'a handle service' : `“${service.name}”`;

const missingWords = (missing: number): string =>
  missing > 0 ? `; ${missing} more must agree` : '';

const endWords = (end: string | null): string =>
  end === null ? '' : `; its end${onDay(end)} is already on record`;

const onDay = (end: string | null): string => (end === null ? '' : ` on ${end.slice(0, 10)}`);

const because = (why: string, name: Naming): string => (why === '' ? '' : `: ${plain(why, name)}`);

const people = (line: AuditLine, name: Naming): string => names(line.people, name);

/** More than three people are only counted. */
function names(ids: readonly string[], name: Naming): string {
  if (ids.length === 0) return 'nobody';
  if (ids.length > 3) return `${ids.length} people`;
  return ids.map(name).join(', ');
}

/** Wishes and refusals contain Slack mentions. */
const plain = (words: string, name: Naming): string =>
  words.replace(/<@([A-Z0-9]+)>/g, (_, id: string) => name(id)).replaceAll('`', '');
