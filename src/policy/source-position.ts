import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
} from 'yaml';

/** Keys and indexes from the root of the YAML document. */
export type SourcePath = readonly (string | number)[];

/** Prefixes a problem with its position in the file: `12:7 actions.grant.may[0]: …`. */
export interface SourcePositions {
  /** Position of the value; a missing key is reported at its map. */
  readonly atValue: (path: SourcePath, problem: string) => string;
  /** Position of the key. */
  readonly atKey: (path: SourcePath, problem: string) => string;
}

export function createSourcePositions(document: Document, lines: LineCounter): SourcePositions {
  const locate = (node: Node | null, path: SourcePath, problem: string): string => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    // In an empty file `linePos` returns zeros.
    return `${Math.max(line, 1)}:${Math.max(col, 1)} ${path.length === 0 ? '' : `${inWords(path)}: `}${problem}`;
  };
  return {
    atValue: (path, problem) => locate(find(document, path), path, problem),
    atKey: (path, problem) => locate(findKey(document, path), path, problem),
  };
}

/** `services[0].actions.grant`. */
const inWords = (path: SourcePath): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

function find(document: Document, path: SourcePath): Node | null {
  let node = resolveAlias(document, document.contents);
  for (const part of path) {
    const next = resolveAlias(document, childOf(node, part));
    if (next === null) return node;
    node = next;
  }
  return node;
}

function findKey(document: Document, path: SourcePath): Node | null {
  const parent = find(document, path.slice(0, -1));
  const last = path.at(-1);
  if (!isMap(parent)) return parent;
  const key = parent.items
    .map((pair) => pair.key)
    .find((candidate) => isScalar(candidate) && candidate.value === last);
  return isNode(key) ? key : parent;
}

function childOf(node: Node | null, part: string | number): unknown {
  if (isMap(node)) return node.get(part, true) ?? node.get(String(part), true);
  if (isSeq(node) && typeof part === 'number') return node.get(part, true);
  return null;
}

/** An alias is located at its anchor. */
function resolveAlias(document: Document, node: unknown): Node | null {
  if (isAlias(node)) return node.resolve(document) ?? null;
  return isNode(node) ? node : null;
}
