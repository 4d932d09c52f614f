import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Policy } from '../requests/policy.js';
import { check } from './checks.js';
import { checkExpectations, type Expectation, expectationsOf } from './expect.js';
import { PolicyFile, Sections } from './policy-file.js';
import { createSourcePositions, type SourcePositions } from './source-position.js';
import { toPolicy } from './to-policy.js';

/** Each problem begins with its line and column: `12:7 actions.grant.may[0]: …`. */
export class PolicyError extends Error {
  override name = 'PolicyError' as const;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The policy is not right:', ...problems].join('\n  '));
    this.problems = problems;
  }
}

export interface Parsed {
  readonly policy: Policy;
  readonly expect: readonly Expectation[];
  /** Valid but surely not meant; in the format of `PolicyError.problems`. */
  readonly warnings: readonly string[];
}

/** Throws `PolicyError` with all problems; failed examples under `expect:` are problems too. */
export function parsePolicy(text: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const content = read(document, lines);
  const positions = createSourcePositions(document, lines);
  const result = PolicyFile.safeParse(content);
  const shapeProblems = result.success
    ? []
    : result.error.issues.flatMap((issue) => inWords(issue, positions));
  const found = check(
    result.success ? { roles: {}, ...result.data } : validSections(content, result.error),
    positions,
  );
  const problems = [...shapeProblems, ...found.problems];
  if (!result.success || problems.length > 0) throw new PolicyError(inOrder(problems));
  const policy = toPolicy(result.data);
  const expect = expectationsOf(result.data, positions);
  const failed = checkExpectations(policy, expect);
  if (failed.length > 0) throw new PolicyError(failed);
  return { policy, expect, warnings: inOrder(found.warnings) };
}

/** More than a person writes; nested aliases can expand exponentially. */
const MAX_YAML_ALIASES = 100;

function read(document: Document.Parsed, lines: LineCounter): unknown {
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return `${line}:${col} ${message.replace(/\n[\s\S]*/, '')}`;
  });
  if (problems.length > 0) throw new PolicyError(problems);
  try {
    return document.toJS({ maxAliasCount: MAX_YAML_ALIASES });
  } catch (error) {
    throw new PolicyError([`1:1 ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
}

function inWords(issue: z.core.$ZodIssue, positions: SourcePositions): string[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => positions.atKey([...path, key], messages[index] ?? ''));
  }
  return [
    issue.code === 'invalid_key'
      ? positions.atKey(path, issue.message)
      : positions.atValue(path, issue.message),
  ];
}

/** The sections without problems, so that cross-checks of these are reported at once too. */
function validSections(content: unknown, error: z.ZodError): Sections {
  if (typeof content !== 'object' || content === null) return {};
  const invalid = new Set<PropertyKey | undefined>(error.issues.map((issue) => issue.path[0]));
  const rest = Object.entries(content).filter(
    ([key]) => !invalid.has(key) && key in PolicyFile.shape,
  );
  const sections = Sections.safeParse(Object.fromEntries(rest)).data ?? {};
  return invalid.has('roles') ? sections : { roles: {}, ...sections };
}

const lineAndColumn = (problem: string): readonly number[] =>
  problem.split(/[: ]/, 2).map((part) => Number(part));

function inOrder(problems: readonly string[]): string[] {
  return [...problems].sort((one, other) => {
    const [line = 0, column = 0] = lineAndColumn(one);
    const [otherLine = 0, otherColumn = 0] = lineAndColumn(other);
    return line - otherLine || column - otherColumn;
  });
}
