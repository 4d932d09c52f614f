import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Policy } from '../requests/policy.js';
import { check } from './checks.js';
import { checkExpectations, type Expectation, expectationsOf } from './expect.js';
import { createPlaces, type Places } from './place.js';
import { PolicyError } from './policy-error.js';
import { PolicyFile, Sections } from './policy-file.js';
import { toPolicy } from './to-policy.js';

export interface Parsed {
  readonly policy: Policy;
  readonly expect: readonly Expectation[];
  /** What is allowed but cannot be meant, with its place. */
  readonly warnings: readonly string[];
}

/** Throws `PolicyError` with every problem that can be seen, examples under `expect:` that do not come out among them. */
export function parsePolicy(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const content = read(document, lines);
  const places = createPlaces(document, lines);
  const result = PolicyFile.safeParse(content);
  const shape = result.success ? [] : result.error.issues.flatMap((it) => worded(it, places));
  const found = check(
    result.success ? { roles: {}, ...result.data } : sound(content, result.error),
    places,
  );
  const problems = [...shape, ...found.problems];
  if (!result.success || problems.length > 0) throw new PolicyError(inOrder(problems));
  const policy = toPolicy(result.data);
  const expect = expectationsOf(result.data, places);
  const failed = checkExpectations(policy, expect);
  if (failed.length > 0) throw new PolicyError(failed);
  return { policy, expect, warnings: inOrder(found.warnings) };
}

/** More aliases than a person writes: each could stand for many more. */
const MAX_ALIASES = 100;

function read(document: Document.Parsed, lines: LineCounter): unknown {
  const wrong = [...document.errors, ...document.warnings].map((it) => {
    const { line, col } = lines.linePos(it.pos[0]);
    return `${line}:${col} ${it.message.replace(/\n[\s\S]*/, '')}`;
  });
  if (wrong.length > 0) throw new PolicyError(wrong);
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new PolicyError([`1:1 ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
}

function worded(issue: z.core.$ZodIssue, places: Places): string[] {
  const path = issue.path.map((it) => (typeof it === 'number' ? it : String(it)));
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => places.atKey([...path, key], messages[index] ?? ''));
  }
  return [
    issue.code === 'invalid_key'
      ? places.atKey(path, issue.message)
      : places.at(path, issue.message),
  ];
}

/** The sections in which nothing is wrong, so that what can be said of them is said now and not after the next try. */
function sound(content: unknown, error: z.ZodError): Sections {
  if (typeof content !== 'object' || content === null) return {};
  const bad = new Set<PropertyKey | undefined>(error.issues.map((it) => it.path[0]));
  const rest = Object.entries(content).filter(([key]) => !bad.has(key) && key in PolicyFile.shape);
  const sections = Sections.safeParse(Object.fromEntries(rest)).data ?? {};
  return bad.has('roles') ? sections : { roles: {}, ...sections };
}

const lineOf = (problem: string): readonly number[] =>
  problem.split(/[: ]/, 2).map((it) => Number(it));

function inOrder(problems: readonly string[]): string[] {
  return [...problems].sort((one, other) => {
    const [line = 0, column = 0] = lineOf(one);
    const [otherLine = 0, otherColumn = 0] = lineOf(other);
    return line - otherLine || column - otherColumn;
  });
}
