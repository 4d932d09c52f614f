import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * The words that a source file says, with the names of what it fills in: `‹person› is a bot`. Read from the source and not by
 * calling it, so that nothing has to be made up for the reference.
 */
export interface Source {
  readonly file: ts.SourceFile;
  /** Constants at any depth, by name. */
  readonly consts: ReadonlyMap<string, ts.Expression>;
}

export function readSource(path: string): Source {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const consts = new Map<string, ts.Expression>();
  each(file, (node) => {
    if (!ts.isVariableDeclaration(node) || node.initializer === undefined) return;
    if (ts.isIdentifier(node.name)) consts.set(node.name.text, node.initializer);
  });
  return { file, consts };
}

export function each(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    each(child, visit);
  });
}

export function calls(source: Source, names: readonly string[]): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  each(source.file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return;
    if (names.includes(node.expression.text)) found.push(node);
  });
  return found;
}

/** The object literal itself, or the constant that it is called by. */
export function objectOf(
  { consts }: Source,
  node: ts.Node | undefined,
): ts.ObjectLiteralExpression | null {
  if (node === undefined) return null;
  const found = ts.isIdentifier(node) ? consts.get(node.text) : node;
  return found !== undefined && ts.isObjectLiteralExpression(found) ? found : null;
}

/** Null: it has no such property. */
export function wordsAt(
  source: Source,
  object: ts.ObjectLiteralExpression,
  key: string,
): string | null {
  for (const property of object.properties) {
    if (property.name === undefined || property.name.getText() !== key) continue;
    if (ts.isPropertyAssignment(property)) return wordsOf(source, property.initializer);
    if (ts.isShorthandPropertyAssignment(property)) return wordsOf(source, property.name);
  }
  return null;
}

export function wordsOf(source: Source, node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.reduce(
      (text, { expression, literal }) => text + wordsOf(source, expression) + literal.text,
      node.head.text,
    );
  }
  if (ts.isConditionalExpression(node)) {
    return either(wordsOf(source, node.whenTrue), wordsOf(source, node.whenFalse));
  }
  if (ts.isIdentifier(node)) return named(source, node);
  if (ts.isParenthesizedExpression(node)) return wordsOf(source, node.expression);
  if (ts.isCallExpression(node) && node.expression.getText() === 'counted') {
    const [count, what] = node.arguments;
    if (count !== undefined && what !== undefined && ts.isStringLiteralLike(what)) {
      return `${slot(nameOf(count))} ${what.text}s`;
    }
  }
  return slot(nameOf(node));
}

function named(source: Source, { text }: ts.Identifier): string {
  const value = source.consts.get(text);
  const isWords =
    value !== undefined &&
    (ts.isStringLiteralLike(value) ||
      ts.isTemplateExpression(value) ||
      ts.isConditionalExpression(value));
  return isWords ? wordsOf(source, value) : slot(text);
}

function either(one: string, other: string): string {
  if (one === '' || other === '') return `(${(one + other).trim()})`;
  return `${one} / ${other}`;
}

/** `by(roles)` fills in roles, `lacking.map(…).join(…)` what is lacking, `error.code` a code. */
function nameOf(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) {
    return node.name.text === 'length' ? 'number' : node.name.text;
  }
  if (ts.isBinaryExpression(node)) return nameOf(node.left);
  if (!ts.isCallExpression(node)) return '…';
  const { expression, arguments: given } = node;
  const isMethod = ts.isPropertyAccessExpression(expression);
  if (isMethod && METHODS.includes(expression.name.text)) return nameOf(expression.expression);
  const [first] = given;
  return first === undefined ? nameOf(expression) : nameOf(first);
}

/** After these a value is still what it was called before. */
const METHODS = ['map', 'join', 'filter', 'slice', 'toISOString', 'trim'];

const slot = (name: string): string =>
  `‹${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}›`;
