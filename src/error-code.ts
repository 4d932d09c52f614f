/** `ENOENT`, `23505`, `SQLITE_BUSY` … Unlike the message, safe to show: it has no path or address. */
export function errorCode(error: unknown): string | null {
  return typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : null;
}
