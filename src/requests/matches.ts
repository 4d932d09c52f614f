import type { ServiceRef } from './request.js';

/** Whether a service falls under a `match` of the policy: by id, or by name with `*`, without regard to case. */
export function matches(pattern: string, service: ServiceRef): boolean {
  return pattern === service.id || isLike(folded(pattern), folded(service.name));
}

/** Not a regular expression: a few stars and a long name would keep it busy for minutes. */
function isLike(pattern: string, text: string): boolean {
  const [first = '', ...inner] = pattern.split('*');
  const last = inner.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of inner) {
    const found = text.indexOf(part, from);
    if (found === -1) return false;
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

const folded = (text: string): string => text.normalize('NFC').toLowerCase();
