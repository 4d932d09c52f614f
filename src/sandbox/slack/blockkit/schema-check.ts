import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { blockKitSchema } from './blockkit.schema.generated.js';
import type { Problem } from './rule.js';

export interface SchemaCheck {
  message(blocks: unknown): readonly Problem[];
  view(view: unknown): readonly Problem[];
  options(options: unknown): readonly Problem[];
  optionGroups(groups: unknown): readonly Problem[];
}

/** Compiling takes a moment: once for the whole process, at first use, without what a generated schema has no need of. */
const ajv = new Ajv({
  strict: false,
  meta: false,
  validateSchema: false,
  inlineRefs: false,
  code: { optimize: false },
});
ajv.addSchema(blockKitSchema, 'blockkit');
const compiled = new Map<string, ValidateFunction>();

function against(name: string, value: unknown, pointer: string): readonly Problem[] {
  const check = compiled.get(name) ?? ajv.compile({ $ref: `blockkit#/definitions/${name}` });
  compiled.set(name, check);
  return check(value) ? [] : [worst(check.errors ?? [], pointer)];
}

/** The second opinion: the shapes of @slack/types as JSON Schema. */
export const schemaCheck: SchemaCheck = {
  message: (blocks) => against('MessageBlocks', blocks, '/blocks'),
  view: (view) => against(isHome(view) ? 'HomeView' : 'ModalView', view, '/view'),
  options: (options) => against('OptionList', options, '/options'),
  optionGroups: (groups) => against('OptionGroupList', groups, '/option_groups'),
};

function isHome(view: unknown): boolean {
  return typeof view === 'object' && view !== null && Reflect.get(view, 'type') === 'home';
}

/** Of the many complaints of a union the one about the deepest place says most. */
function worst(errors: readonly ErrorObject[], pointer: string): Problem {
  const deepest = [...errors].sort((a, b) => b.instancePath.length - a.instancePath.length)[0];
  return {
    message: `failed to match schema: ${deepest?.message ?? 'unknown'}`,
    pointer: `${pointer}${deepest?.instancePath ?? ''}`,
  };
}
