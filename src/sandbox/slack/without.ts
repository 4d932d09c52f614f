/** A copy that lacks the named keys. */
export function without(
  value: object,
  ...keys: readonly string[]
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value).filter(([key]: readonly [string, unknown]) => !keys.includes(key)),
  );
}
