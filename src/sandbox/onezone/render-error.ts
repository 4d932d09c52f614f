import { rewrittenDetails, rewrittenText } from './errors-25.js';
import { type ErrorSpec } from './errors.js';
import { type Profile } from './version.js';

/** What an error of version 25 says about the server it came from. */
export interface ErrorOrigin {
  readonly domain: string;
  readonly build: string;
  /** Unix seconds. */
  readonly at: number;
}

/** The JSON text of the answer; empty where the version answers without a body. */
export function renderError(spec: ErrorSpec, profile: Profile, origin: ErrorOrigin): string {
  switch (profile.errors) {
    case 'text':
      return asText(spec);
    case 'ids':
      return JSON.stringify({ error: terse.has(spec.status) ? idOnly(spec) : full(spec) });
    case 'full':
      return JSON.stringify({ error: full(spec) });
    case 'ctx':
      return JSON.stringify({ error: withCtx(spec, { ...origin, version: profile.version }) });
  }
}

const terse: ReadonlySet<number> = new Set([401, 403, 404, 500]);

/** 18.02 explains what is wrong with credentials, and says nothing on any other 401, 403, 404 or 500. */
function asText(spec: ErrorSpec): string {
  const said = spec.nested?.error ?? spec;
  const silent = terse.has(spec.status) && spec.nested === undefined;
  return silent ? '' : JSON.stringify({ error: said.description });
}

function idOnly(spec: ErrorSpec): object {
  return { id: spec.id, ...detailsOf(spec, full) };
}

function full(spec: ErrorSpec): object {
  return { id: spec.id, ...detailsOf(spec, full), description: spec.description };
}

function detailsOf(spec: ErrorSpec, write: (inner: ErrorSpec) => object): object {
  const { details, nested } = spec;
  if (nested !== undefined) return { details: { ...details, [nested.key]: write(nested.error) } };
  return details === undefined ? {} : { details };
}

interface Origin25 extends ErrorOrigin {
  readonly version: string;
}

/** These four still come out of version 25 in the old format. */
const withoutCtx: ReadonlySet<string> = new Set([
  'notFound',
  'alreadyExists',
  'notSupported',
  'timeout',
]);

function withCtx(spec: ErrorSpec, origin: Origin25): object {
  const details = rewrittenDetails(spec);
  const changed = details === null ? spec : { ...spec, details };
  return {
    id: spec.id,
    ctx: withoutCtx.has(spec.id) ? null : ctxOf(origin),
    ...detailsOf(changed, (inner) => withCtx(inner, origin)),
    description: rewrittenText(spec),
  };
}

function ctxOf(origin: Origin25): object {
  return {
    onedataErrorsRevision: 1,
    module: 'entity_logic',
    line: 1,
    timestamp: origin.at,
    service: 'ozw',
    serviceId: 'onezone',
    serviceDomain: origin.domain,
    serviceReleaseVersion: origin.version,
    serviceBuildVersion: origin.build,
  };
}
