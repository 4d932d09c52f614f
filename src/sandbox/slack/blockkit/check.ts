import { messageProblems, optionProblems, viewProblems } from './limits.js';
import type { Problem } from './rule.js';
import { schemaCheck as schema } from './schema-check.js';

export interface BlockKitCheck {
  message(blocks: unknown): readonly Problem[];
  view(view: unknown): readonly Problem[];
  /** The answer to a block_suggestion. */
  suggestions(answer: Readonly<Record<string, unknown>>): readonly Problem[];
}

/** Refuses what either the limits or the schema refuses; the limits are asked first, as they speak Slack's words. */
export function createBlockKitCheck(): BlockKitCheck {
  const first = (limits: readonly Problem[], other: () => readonly Problem[]) =>
    limits.length > 0 ? limits : other();
  return {
    message: (blocks) => first(messageProblems(blocks), () => schema.message(blocks)),
    view: (view) => first(viewProblems(view), () => schema.view(view)),
    suggestions: (answer) =>
      first(optionProblems(answer), () =>
        answer['options'] === undefined
          ? schema.optionGroups(answer['option_groups'])
          : schema.options(answer['options']),
      ),
  };
}

/** `unsupported type: sections [json-pointer:/blocks/0/type]` */
export function worded(problem: Problem): string {
  return `${problem.message} [json-pointer:${problem.pointer}]`;
}
