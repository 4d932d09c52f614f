import type { Problem, Rule, Shape } from './rule.js';

/** Everything that is wrong with a value, in the words Slack uses ("less than N+1" is its way to say at most N). */
export function walk(rule: Rule, value: unknown, pointer: string): readonly Problem[] {
  switch (rule.kind) {
    case 'anything':
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [{ message: 'must provide a boolean', pointer }];
    case 'number':
      return walkNumber(rule, value, pointer);
    case 'string':
      return walkString(rule, value, pointer);
    case 'list':
      return walkList(rule, value, pointer);
    case 'object':
      return isRecord(value) ? walkShape(rule.shape, value, pointer) : [notAnObject(pointer)];
    case 'typed':
      return walkTyped(rule.kinds, value, pointer);
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Slack counts characters as Unicode code points, not as UTF-16 units. */
export function codePoints(value: string): number {
  return Array.from(value).length;
}

function walkNumber(rule: { min: number; max: number }, value: unknown, pointer: string) {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return [{ message: 'must provide a number', pointer }];
  }
  if (value < rule.min) return [{ message: `must be greater than ${rule.min - 1}`, pointer }];
  return value > rule.max ? [{ message: `must be less than ${rule.max + 1}`, pointer }] : [];
}

function walkString(rule: Extract<Rule, { kind: 'string' }>, value: unknown, pointer: string) {
  if (typeof value !== 'string') return [{ message: 'must provide a string', pointer }];
  const length = codePoints(value);
  if (length > rule.max) {
    return [{ message: `must be less than ${rule.max + 1} characters`, pointer }];
  }
  if (length < rule.min) {
    return [{ message: `must be more than ${rule.min - 1} characters`, pointer }];
  }
  if (rule.among !== undefined && !rule.among.includes(value)) {
    return [{ message: 'must be a valid enum value', pointer }];
  }
  return rule.pattern !== undefined && !rule.pattern.test(value)
    ? [{ message: 'failed to match schema', pointer }]
    : [];
}

function walkList(rule: Extract<Rule, { kind: 'list' }>, value: unknown, pointer: string) {
  if (!Array.isArray(value)) return [{ message: 'must provide an array', pointer }];
  if (value.length > rule.max) {
    return [{ message: `no more than ${rule.max} items allowed`, pointer }];
  }
  if (value.length < rule.min) {
    return [{ message: `no fewer than ${rule.min} items allowed`, pointer }];
  }
  return value.flatMap((item, index) => walk(rule.of, item, `${pointer}/${index}`));
}

function walkTyped(kinds: Readonly<Record<string, Shape>>, value: unknown, pointer: string) {
  if (!isRecord(value)) return [notAnObject(pointer)];
  const type = value['type'];
  if (typeof type !== 'string') return [{ message: 'missing required field: type', pointer }];
  const shape = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (shape === undefined) {
    return [{ message: `unsupported type: ${type}`, pointer: `${pointer}/type` }];
  }
  return walkShape(
    { ...shape, fields: { ...shape.fields, type: { kind: 'anything' } } },
    value,
    pointer,
  );
}

function walkShape(shape: Shape, value: Readonly<Record<string, unknown>>, pointer: string) {
  const missing = shape.required
    .filter((name) => value[name] === undefined || value[name] === null)
    .map((name) => ({ message: `missing required field: ${name}`, pointer }));
  const fields = Object.entries(value).flatMap(([name, item]) => {
    const rule = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (rule === undefined) return [{ message: `invalid additional property: ${name}`, pointer }];
    if (item === null && shape.required.includes(name)) return [];
    return walk(rule, item, `${pointer}/${name}`);
  });
  const laws = shape.laws?.flatMap((law) => law(value, pointer)) ?? [];
  return [...missing, ...fields, ...laws];
}

function notAnObject(pointer: string): Problem {
  return { message: 'must provide an object', pointer };
}
