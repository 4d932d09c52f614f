import { type Route } from './routes/route.js';

/** A path of the REST API with everything it answers to. */
export interface ApiPath {
  readonly byMethod: Readonly<Record<string, Route>>;
  /** The `allow` header: sorted. */
  readonly allow: string;
  readonly ids: Readonly<Record<string, string>>;
}

export type FindPlace = (segments: readonly string[]) => ApiPath | null;

export function placesOf(routes: readonly Route[]): FindPlace {
  const patterns = [...new Set(routes.map(({ path }) => path))].map((path) => {
    const here = routes.filter((route) => route.path === path);
    return {
      pattern: path.split('/').slice(1),
      byMethod: Object.fromEntries(here.map((route) => [route.method, route])),
      allow: here
        .map(({ method }) => method)
        .sort()
        .join(', '),
    };
  });
  return (segments) => {
    for (const { pattern, byMethod, allow } of patterns) {
      const ids = matched(pattern, segments);
      if (ids !== null) return { byMethod, allow, ids };
    }
    return null;
  };
}

function matched(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const ids: Record<string, string> = {};
  for (const [at, part] of pattern.entries()) {
    const segment = segments[at] ?? '';
    if (part.startsWith('{')) ids[part.slice(1, -1)] = segment;
    else if (part !== segment) return null;
  }
  return ids;
}

/**
 * As cowboy splits a path: percent-decoded first, dot segments removed after. One slash at the end is nothing, a doubled one an empty
 * segment, which no route has. `null` = cannot be decoded.
 */
export function pathSegments(path: string): readonly string[] | null {
  const kept: string[] = [];
  const parts = path.replace(/^\//, '').replace(/\/$/, '').split('/');
  try {
    for (const part of path === '/' ? [] : parts.map(decodeURIComponent)) {
      if (part === '..') kept.pop();
      else if (part !== '.') kept.push(part);
    }
  } catch {
    return null;
  }
  return kept;
}
