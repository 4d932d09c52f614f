import { type IncomingHttpHeaders } from 'node:http';

const served: ReadonlySet<string> = new Set(['*/*', 'application/*', 'application/json']);

/** Any entry of the Accept header without parameters of its own (`q` is a weight, no parameter); no header is fine, an empty one names nothing. */
export function acceptable(accept: string | undefined): boolean {
  if (accept === undefined) return true;
  return accept.split(',').some((entry) => {
    const [type = '', ...parameters] = entry.toLowerCase().split(';');
    return (
      served.has(type.trim()) && parameters.every((parameter) => parameter.trim().startsWith('q='))
    );
  });
}

/** Exactly JSON: even a charset is another type to this server. */
export function jsonContent(contentType: string | undefined): boolean {
  return contentType?.trim().toLowerCase() === 'application/json';
}

export function hasBody({ headers }: { readonly headers: IncomingHttpHeaders }): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined;
}
