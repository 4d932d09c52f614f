import ts from 'typescript';
import { each, calls, readSource, wordsAt, wordsOf } from './said.js';
import { cell, page, table } from './markdown.js';

interface Row {
  readonly code: string;
  readonly why: string;
  readonly next: string;
}

/** What a person caused: code, reason and next step. */
export function refusalsPage(): string {
  const rows = all();
  const proofs = readSource('src/operations/prove.ts');
  const ofProofs = calls(proofs, ['refuse']).map(({ arguments: [why, next] }) => [
    cell(why === undefined ? '' : wordsOf(proofs, why)),
    cell(next === undefined ? '' : wordsOf(proofs, next)),
  ]);
  if (rows.length === 0 || ofProofs.length === 0) throw new Error('No refusal was found.');
  return page(
    'Refusals',
    '`src/errors.ts` and `src/operations/prove.ts`',
    `A _refusal_ is a no for a reason that a person caused; nothing is broken. It is said to whoever asked, below the field of the form
where it is about one. Its word stands in the audit. ‹…› is filled in. What Onezone or the desk itself causes stands in
[troubles](troubles.md).`,
    table(
      ['word', 'why', 'what to do'],
      rows.map(({ code, why, next }) => [
        `<a id="${code.toLowerCase()}"></a>\`${code}\``,
        cell(why),
        cell(next),
      ]),
    ),
    `## Why a token is no proof

What \`notProof\` says of an identity token that was pasted after \`/handle link me\`.`,
    table(['why', 'what to do'], ofProofs),
  );
}

function all(): readonly Row[] {
  const source = readSource('src/errors.ts');
  const rows: Row[] = [];
  each(source.file, (node) => {
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'Refusal') return;
    const [code, words] = node.arguments ?? [];
    if (code === undefined || words === undefined) return;
    if (!ts.isStringLiteralLike(code) || !ts.isObjectLiteralExpression(words)) return;
    const [why, next] = [wordsAt(source, words, 'why'), wordsAt(source, words, 'next')];
    if (why === null || next === null)
      throw new Error(`${code.text} does not say why or what next.`);
    rows.push({ code: code.text, why, next });
  });
  return rows;
}
