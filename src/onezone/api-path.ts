import { isOnezoneId } from './schemas.js';

/** A path of the API, below its prefix. */
export interface ApiPath {
  readonly value: string;
  /** `value` with `:id` for every id, for metrics. */
  readonly route: string;
}

/** ``path`/handle_services/${id}/users` ``. Throws TypeError for anything that is not an id, without repeating it. */
export function path(literals: TemplateStringsArray, ...ids: readonly string[]): ApiPath {
  if (!ids.every(isOnezoneId)) {
    throw new TypeError('An id in Onezone has 1 to 128 letters, digits, "_" or "-".');
  }
  return { value: String.raw({ raw: literals }, ...ids), route: literals.join(':id') };
}
