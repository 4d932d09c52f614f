import { isOnezoneId } from './schemas.js';

/** A path of the API, and the route that it is one of. */
export interface Place {
  readonly path: string;
  readonly route: string;
}

/** Writes a path: ``at`/handle_services/${id}/users` ``. What is put in must be an id; it is not repeated in the error. */
export function at(words: TemplateStringsArray, ...ids: readonly string[]): Place {
  if (!ids.every(isOnezoneId)) {
    throw new TypeError('An id in Onezone has 1 to 128 letters, digits, "_" or "-".');
  }
  return { path: String.raw({ raw: words }, ...ids), route: words.join(':id') };
}
