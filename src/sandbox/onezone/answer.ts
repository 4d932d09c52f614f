import { type ErrorSpec } from './errors.js';
import { renderError } from './render-error.js';
import { type Zone } from './zone.js';

/** What goes out, apart from the headers every answer has. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly errorId: string | null;
}

export const json = { 'content-type': 'application/json' } as const;

export function emptyAnswer(status: number, headers: Answer['headers'] = {}): Answer {
  return { status, headers, body: '', errorId: null };
}

/** `bare`: without a content type, as errors of the authentication stage go out. */
export function errorAnswer(zone: Zone, spec: ErrorSpec, bare = false): Answer {
  const { domain, build } = zone.state.config;
  const body = renderError(spec, zone.profile, { domain, build, at: zone.seconds() });
  return { status: spec.status, headers: bare ? {} : json, body, errorId: spec.id };
}

/** An answer of the REST API, which pages of other origins may read since 21.02.5. */
export function rest(zone: Zone, answer: Answer): Answer {
  if (!zone.profile.cors) return answer;
  return { ...answer, headers: { ...answer.headers, 'access-control-allow-origin': '*' } };
}
