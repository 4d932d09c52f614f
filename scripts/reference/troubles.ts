import { readdirSync } from 'node:fs';
import ts from 'typescript';
import {
  type AuthReason,
  OnezoneAuthError,
  OnezoneError,
  OnezoneTooOld,
  OnezoneUnreachable,
  OnezoneWrongUrl,
  type UnreachableKind,
} from '../../src/onezone/errors.js';
import { outageWords } from '../../src/onezone/outage-words.js';
import { cell, page, table } from './markdown.js';
import { calls, each, objectOf, readSource, type Source, wordsAt, wordsOf } from './said.js';

const DENIALS = 'src/jobs/denial-words.ts';

/** What nobody who asked has caused: by the word under which the log has it, and by the name of the doctor's check. */
export const troublesPage = (): string =>
  page(
    'Troubles',
    '`src/doctor/checks`, `src/onezone/outage-words.ts`, `src/jobs`, `src/access` and `src/changes`',
    `What keeps the desk from doing what it should, though nobody who asked has done anything wrong. ‹…› is filled in.
[Troubleshooting](../troubleshooting.md) begins with what one sees.`,
    `## What the doctor finds

\`npx handle-desk doctor\`, \`/handle doctor\`, and the desk by itself at every start and once a day. \`--json\` has the name as \`check\`.`,
    table(['check', 'what', 'why', 'what to do'], findings()),
    `## Onezone cannot be worked with

Requests are kept, and go on by themselves unless something else stands here.`,
    table(['word', 'why', 'what to do'], outages()),
    `## Onezone says no

The request has failed, or part of it. The word is Onezone's own and stands in the log as \`errorId\`.`,
    table(['word', 'why', 'what to do'], denials()),
    `## What else a request or an access can come to

Said of a request, or of one person in it; some of it only informs.`,
    table(['why', 'what to do'], others()),
  );

function findings(): readonly (readonly string[])[] {
  const folder = 'src/doctor/checks';
  const files = readdirSync(folder).filter((file) => file !== 'index.ts');
  const rows = files.flatMap((file) => {
    const source = readSource(`${folder}/${file}`);
    return calls(source, ['problem', 'warning', 'unknown']).map(({ arguments: [name, words] }) => {
      const object = objectOf(source, words);
      if (name === undefined || object === null)
        throw new Error(`${file} says what cannot be read.`);
      const said = ['what', 'why', 'fix'].map((key) => cell(wordsAt(source, object, key) ?? ''));
      return [`\`${wordsOf(source, name).replace(' / ', '`, `')}\``, ...said];
    });
  });
  const unique = [...new Map(rows.map((row) => [row.join(), row])).values()];
  return unique.sort(([one = ''], [other = '']) => (one < other ? -1 : one > other ? 1 : 0));
}

const call = { method: 'GET', path: '/', write: false };

const authReasons = {
  badCredentials: true,
  noCredentials: true,
  tokenExpired: true,
  tokenRevoked: true,
  tokenTooNarrow: true,
  tokenNotForHere: true,
  userBlocked: true,
  basicAuthDisabled: true,
  basicAuthNotSupported: true,
  notAUser: true,
} as const satisfies Record<AuthReason, true>;

const unreachable = {
  noConnection: true,
  dns: true,
  tls: true,
  connectTimeout: true,
  headersTimeout: true,
  bodyTimeout: true,
  reset: true,
  serverError: true,
  garbled: true,
  schema: true,
  tooLarge: true,
  closed: true,
} as const satisfies Record<UnreachableKind, true>;

function outages(): readonly (readonly string[])[] {
  const denied = (errorId: string, status: number): OnezoneError =>
    new OnezoneError(call, { status, errorId, key: null, reference: null });
  const errors: readonly (readonly [string, Error])[] = [
    ...keysOf(authReasons).map(
      (reason) =>
        [reason, new OnezoneAuthError(call, { status: 401, errorId: null, reason })] as const,
    ),
    ...keysOf(unreachable).map(
      (kind) => [kind, new OnezoneUnreachable(call, { kind, sent: true })] as const,
    ),
    ['OnezoneWrongUrl', new OnezoneWrongUrl(call, 404)],
    ['OnezoneTooOld', new OnezoneTooOld(call, '19.02')],
    ['serviceUnavailable', denied('serviceUnavailable', 503)],
    ['internalServerError', denied('internalServerError', 500)],
  ];
  const said = new Map<string, { readonly words: string[]; readonly next: string }>();
  for (const [word, error] of errors) {
    const { why, next } = outageWords(error);
    // The same words are said with the reason in them.
    const key = why.replace(`(${word})`, '(‹reason›)') + next;
    const known = said.get(key);
    if (known === undefined) said.set(key, { words: [word], next });
    else known.words.push(word);
  }
  return [...said].map(([key, { words, next }]) => [
    words.map((word) => `\`${word}\``).join(', '),
    cell(key.slice(0, key.length - next.length)),
    cell(next),
  ]);
}

const keysOf = <K extends string>(table: Readonly<Record<K, true>>): readonly K[] => {
  const isKey = (key: string): key is K => key in table;
  return Object.keys(table).filter(isKey);
};

function denials(): readonly (readonly string[])[] {
  const source = readSource(DENIALS);
  const rows: string[][] = [];
  each(source.file, (node) => {
    if (!ts.isCaseOrDefaultClause(node)) return;
    const word = ts.isCaseClause(node) ? `\`${wordsOf(source, node.expression)}\`` : 'any other';
    for (const said of saidIn(source, node)) rows.push([word, ...said]);
  });
  if (rows.length === 0) throw new Error('No denial was found.');
  return rows;
}

function others(): readonly (readonly string[])[] {
  const files = ['src/jobs', 'src/access', 'src/changes', 'src/zone'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file}`),
  );
  const rows = files
    .filter((file) => file !== DENIALS)
    .sort()
    .flatMap((file) => {
      const source = readSource(file);
      return saidIn(source, source.file);
    });
  // What only passes on the words of another says nothing of its own.
  return rows.filter(([why]) => !/^‹[^›]*›$/.test(why));
}

/** Every pair of a reason and a next step. */
function saidIn(source: Source, under: ts.Node): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  each(under, (node) => {
    if (!ts.isObjectLiteralExpression(node)) return;
    const [why, next] = [wordsAt(source, node, 'why'), wordsAt(source, node, 'next')];
    if (why !== null && next !== null) found.push([cell(why), cell(next)]);
  });
  return found;
}
