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

export type Path = readonly (string | number)[];

/** Says of a problem where it stands in the file: `12:7 actions.grant.may[0]: …`. */
export interface Places {
  /** At the value of this path, or where the path leaves the file: a missing key is told at its map. */
  readonly at: (path: Path, problem: string) => string;
  /** At the key itself. */
  readonly atKey: (path: Path, problem: string) => string;
}

export function createPlaces(document: Document, lines: LineCounter): Places {
  const say = (node: Node | null, path: Path, problem: string): string => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    // An empty file has no lines at all.
    return `${Math.max(line, 1)}:${Math.max(col, 1)} ${path.length === 0 ? '' : `${inWords(path)}: `}${problem}`;
  };
  return {
    at: (path, problem) => say(find(document, path), path, problem),
    atKey: (path, problem) => say(findKey(document, path), path, problem),
  };
}

/** `services[0].actions.grant`. */
const inWords = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

function find(document: Document, path: Path): Node | null {
  let node = resolved(document, document.contents);
  for (const part of path) {
    const next = resolved(document, childOf(node, part));
    if (next === null) return node;
    node = next;
  }
  return node;
}

function findKey(document: Document, path: Path): Node | null {
  const parent = find(document, path.slice(0, -1));
  const last = path.at(-1);
  if (!isMap(parent)) return parent;
  const key = parent.items.map((it) => it.key).find((it) => isScalar(it) && it.value === last);
  return isNode(key) ? key : parent;
}

function childOf(node: Node | null, part: string | number): unknown {
  if (isMap(node)) return node.get(part, true) ?? node.get(String(part), true);
  if (isSeq(node) && typeof part === 'number') return node.get(part, true);
  return null;
}

/** What an alias stands for stands where its anchor is. */
function resolved(document: Document, node: unknown): Node | null {
  if (isAlias(node)) return node.resolve(document) ?? null;
  return isNode(node) ? node : null;
}
