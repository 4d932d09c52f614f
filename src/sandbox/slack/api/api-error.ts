/** `ok: false` with Slack's own word for why; with `retryAfter` seconds it is an HTTP 429. */
export class ApiError extends Error {
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly retryAfter: number | null;

  constructor(
    code: string,
    extra: Readonly<Record<string, unknown>> = {},
    retryAfter: number | null = null,
  ) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.extra = extra;
    this.retryAfter = retryAfter;
  }
}

export function invalidArguments(...messages: readonly string[]): ApiError {
  return new ApiError('invalid_arguments', {
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
}
