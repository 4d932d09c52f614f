/** What a request does, in the words of api caveats: `create`, `handleService.<id>.user,<uid>:private`. */
export interface Operation {
  readonly verb: 'create' | 'get' | 'update' | 'delete';
  readonly type: string;
  /** `null` as text where the operation is about no entity yet. */
  readonly id: string;
  readonly aspect: string;
  readonly scope: string;
}

/** Reads `verb type.id.aspect:scope`, the way routes are written down. */
export function readOperation(text: string): Operation {
  const found = /^(create|get|update|delete) (\w+)\.([^.]+)\.([^:]+):(\w+)$/.exec(text);
  if (found === null) throw new Error(`not an operation: ${text}`);
  const [, verb, type = '', id = '', aspect = '', scope = ''] = found;
  if (verb !== 'create' && verb !== 'get' && verb !== 'update' && verb !== 'delete') {
    throw new Error(`not an operation: ${text}`);
  }
  return { verb, type, id, aspect, scope };
}

const types =
  'user|group|space|share|provider|handleService|handle|harvester|storage|token|cluster|oz_worker|ozWorker|atmInventory';
const grammar = new RegExp(
  `^(all|ozw|opw|ozp|opp)/(all|create|get|update|delete)/(\\*|${types})\\.([A-Za-z0-9_-]+|\\*)\\.(\\*|\\w+(?:,(?:\\*|[^:,]+))?)(?::(\\w+|\\*))?$`,
);
const scopes: ReadonlySet<string> = new Set(['private', 'protected', 'shared', 'public', '*']);

export function isMatchspec(text: string): boolean {
  const found = grammar.exec(text);
  return found !== null && scopes.has(found[6] ?? 'private');
}

/** Whether one entry of an api caveat's whitelist lets the operation through at Onezone worker. */
export function allows(matchspec: string, operation: Operation): boolean {
  const found = grammar.exec(matchspec);
  if (found === null) return false;
  const [, service = '', verb = '', type = '', id = '', aspect = '', scope = 'private'] = found;
  return (
    ['all', 'ozw'].includes(service) &&
    ['all', operation.verb].includes(verb) &&
    ['*', operation.type].includes(type) &&
    ['*', operation.id].includes(id) &&
    aspectAllows(aspect, operation.aspect) &&
    ['*', operation.scope].includes(scope)
  );
}

function aspectAllows(pattern: string, aspect: string): boolean {
  if (pattern === '*' || pattern === aspect) return true;
  return pattern.endsWith(',*') && aspect.startsWith(pattern.slice(0, -1));
}
