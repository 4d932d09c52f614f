/** The same value without any secret in its texts; the very same object where there was none. */
export type Withhold = <T>(value: T) => T;

/** For what knows no secrets, such as a command that reads the store. */
export const withholdNothing: Withhold = (value) => value;

/**
 * Walks lists and plain objects. Everything else is returned as it is: numbers and dates cannot carry what came from outside as text,
 * and a version or a time must stay what it is.
 */
export function createWithhold(replace: (text: string) => string): Withhold {
  const walkText = (text: string, key: string | null): string =>
    isProtocol(text, key) ? text : replace(text);

  const walkObject = (value: object): object => {
    const walked = Object.entries(value).map(([key, field]: [string, unknown]) => {
      const name = OUR_NAME.test(key) ? key : replace(key);
      const kept = walk(field, key);
      return { name, kept, isSame: name === key && Object.is(kept, field) };
    });
    if (walked.every(({ isSame }) => isSame)) return value;
    return Object.fromEntries(walked.map(({ name, kept }) => [name, kept]));
  };

  const walkList = (list: readonly unknown[], key: string | null): readonly unknown[] => {
    const walked = list.map((item) => walk(item, key));
    return walked.every((item, index) => Object.is(item, list[index])) ? list : walked;
  };

  const walk = (value: unknown, key: string | null): unknown => {
    if (typeof value === 'string') return walkText(value, key);
    if (Array.isArray(value)) return walkList(value, key);
    return isPlain(value) ? walkObject(value) : value;
  };

  function withhold<T>(value: T): T;
  function withhold(value: unknown): unknown {
    return walk(value, null);
  }
  return withhold;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A name that a program gives to a field; a record whose keys come from outside has others too. */
const OUR_NAME = /^[A-Za-z_]+$/;

/**
 * Fields whose words are the desk's and Slack's own: a password that happens to be `section` must not break every message.
 * Nothing that came from outside is ever put there.
 */
const PROTOCOL_KEYS: ReadonlySet<string> = new Set([
  ...['key', 'type', 'kind', 'style', 'action_id', 'block_id', 'callback_id'],
  ...['response_action', 'response_type', 'event_type'],
  ...['status', 'what', 'change', 'level', 'how', 'state', 'message', 'action'],
]);

const isProtocol = (text: string, key: string | null): boolean =>
  key !== null && PROTOCOL_KEYS.has(key) && /^[A-Za-z][A-Za-z_ .:-]*$/.test(text);
