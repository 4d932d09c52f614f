import { type SecretPattern, secretPattern } from './secret-pattern.js';
import { spellings } from './secret-spellings.js';
import { createWithhold, type Withhold } from './withhold.js';

/** Redacts secrets in any text. */
export interface Secrets {
  /** Redacts this value too from now on. */
  readonly add: (value: string) => void;
  /** Replaces every known secret in any encoding, and whatever looks like a credential. */
  readonly redact: (text: string) => string;
  /** As `redact`, for a line of JSON, which stays valid. Also replaces the values of fields with secret names, at any depth. */
  readonly redactLine: (line: string) => string;
  /**
   * For what goes to Slack and into the store: every known secret in any encoding is replaced, by value alone, as what people write
   * must stay what it is. What is too short or too ordinary to be told from other text is in `secret-pattern.ts`.
   */
  readonly withhold: Withhold;
}

const REDACTED = '[redacted]';

export function createSecrets(values: readonly string[]): Secrets {
  const known = new Set<string>();
  let pattern: RegExp | null = null;
  let inText: SecretPattern | null = null;

  const redact = (text: string): string => {
    pattern ??= toPattern(known);
    const named = pattern === null ? text : text.replace(pattern, REDACTED);
    return CREDENTIAL_PATTERNS.reduce(
      (rest, credential) => rest.replace(credential, `$1${REDACTED}`),
      named,
    );
  };

  const add = (value: string): void => {
    if (value === '') return;
    const before = known.size;
    for (const spelling of spellings(value)) known.add(spelling);
    // Policy files are read again and again, and making the patterns takes long.
    if (known.size > before) [pattern, inText] = [null, null];
  };

  const replace = (text: string): string => {
    inText ??= secretPattern(known);
    return inText === null ? text : inText.replaceIn(text, REDACTED);
  };

  for (const value of values) add(value);
  return {
    add,
    redact,
    redactLine: (line) => redactLine(line, redact),
    withhold: createWithhold(replace),
  };
}

/** Includes Slack's short-lived URLs and ids, which work like tokens until they expire. */
const SECRET_FIELD_NAME =
  /(tokens?|passwords?|passwd|passphrase|secrets?|authorization|cookies?|credentials?|signature|macaroon|api[-_]?key|response[-_]?url|trigger[-_]?id|private[-_]?metadata)$/i;

/** Credentials that were never added, recognised by their shape. The first group is kept. */
const CREDENTIAL_PATTERNS = [
  /()\bx(?:ox[a-z]|app)-[\w-]{6,}/g,
  /\b(Bearer |Basic )[\w.~+/=-]{8,}/gi,
  // Tokens of Onezone, of whatever kind.
  /()\bMDA[xyz][\w-]{20,}={0,2}/g,
  /()https:\/\/hooks\.slack\.com\/\S+/g,
  /(:\/\/[^\s:/@"]*:)[^\s/@"]+(?=@)/g,
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
  if (Array.isArray(value)) return value.map((item: unknown) => clean(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]: [string, unknown]) => [
      redact(key),
      SECRET_FIELD_NAME.test(key) && field !== null && typeof field !== 'boolean'
        ? REDACTED
        : clean(field, redact),
    ]),
  );
}

/** Longest first, so that a shorter spelling does not match inside a longer one. */
function toPattern(known: ReadonlySet<string>): RegExp | null {
  const all = [...known].sort((one, other) => other.length - one.length).map(toSource);
  return all.length === 0 ? null : new RegExp(all.join('|'), 'g');
}

/** Shorter secrets are redacted only as whole words, as they would match inside many others. */
const MIN_SUBSTRING_LENGTH = 4;

function toSource(text: string): string {
  const source = text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return text.length < MIN_SUBSTRING_LENGTH ? `(?<![A-Za-z0-9])${source}(?![A-Za-z0-9])` : source;
}
