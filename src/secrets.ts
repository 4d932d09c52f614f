import { spellings } from './secret-spellings.js';

/** What must never be seen, whatever the road by which it got into a text. */
export interface Secrets {
  /** From now on this value is redacted too. */
  readonly add: (value: string) => void;
  /** Every known secret in a text, however it is spelled there, and whatever looks like a credential. */
  readonly redact: (text: string) => string;
  /** As `redact`, for a line of JSON: fields that hold secrets by their name are emptied, at any depth, and the line stays JSON. */
  readonly redactLine: (line: string) => string;
}

const REDACTED = '[redacted]';

export function createSecrets(values: readonly string[]): Secrets {
  const known = new Set<string>();
  let pattern: RegExp | null = null;

  const redact = (text: string): string => {
    pattern ??= toPattern(known);
    const named = pattern === null ? text : text.replace(pattern, REDACTED);
    return CREDENTIALS.reduce((rest, it) => rest.replace(it, `$1${REDACTED}`), named);
  };

  const add = (value: string): void => {
    if (value === '') return;
    for (const spelling of spellings(value)) known.add(spelling);
    pattern = null;
  };

  for (const value of values) add(value);
  return { add, redact, redactLine: (line) => redactLine(line, redact) };
}

/** Fields whose value is secret whatever it is. Slack's are as good as a token while they live. */
const SECRET_KEY =
  /(tokens?|passwords?|passwd|passphrase|secrets?|authorization|cookies?|credentials?|signature|macaroon|api[-_]?key|response[-_]?url|trigger[-_]?id|private[-_]?metadata)$/i;

/** Credentials that nobody told us of, by their shape. What the first group catches stays. */
const CREDENTIALS = [
  /()\bx(?:ox[a-z]|app)-[\w-]{6,}/g,
  /\b(Bearer |Basic )[\w.~+/=-]{8,}/gi,
  /()https:\/\/hooks\.slack\.com\/\S+/g,
  /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s/@"]+(?=@)/gi,
  /(["'](?:password|token|x-auth-token)["']\s*:\s*["']|\bpassword=)[^\s"'&]+/gi,
];

function redactLine(line: string, redact: (text: string) => string): string {
  try {
    const parsed: unknown = JSON.parse(line);
    return `${JSON.stringify(clean(parsed, redact))}\n`;
  } catch {
    return redact(line);
  }
}

function clean(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return redact(String(value)) === String(value) ? value : REDACTED;
  if (Array.isArray(value)) return value.map((it: unknown) => clean(it, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, it]: [string, unknown]) => [
      redact(key),
      SECRET_KEY.test(key) && it !== null && typeof it !== 'boolean' ? REDACTED : clean(it, redact),
    ]),
  );
}

/** Longest first, so that no spelling is cut into by a shorter one. */
function toPattern(known: ReadonlySet<string>): RegExp | null {
  const all = [...known].sort((one, other) => other.length - one.length).map(toSource);
  return all.length === 0 ? null : new RegExp(all.join('|'), 'g');
}

/** A very short secret is redacted only where it stands alone: otherwise it would be found in half of all words. */
const SHORT = 4;

function toSource(text: string): string {
  const source = text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return text.length < SHORT ? `(?<![A-Za-z0-9])${source}(?![A-Za-z0-9])` : source;
}
