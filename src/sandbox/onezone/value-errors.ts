import { type ErrorSpec } from './errors.js';

const aboutKey = (id: string, key: string, description: string): ErrorSpec => ({
  status: 400,
  id,
  details: { key },
  description,
});

export function missingRequiredValue(key: string): ErrorSpec {
  return aboutKey('missingRequiredValue', key, `Missing required value: ${key}.`);
}

/** Erlang's `~p` breaks a list that would pass column 80 and indents it under the opening bracket. */
export function missingAtLeastOneValue(keys: readonly string[]): ErrorSpec {
  const start = 'Missing data, you must provide at least one of: [';
  const items = keys.map((key) => `<<"${key}">>`);
  const fits = start.length + items.join(',').length + 1 <= 80;
  const list = items.join(fits ? ',' : `,\n${' '.repeat(start.length)}`);
  return {
    status: 400,
    id: 'missingAtLeastOneValue',
    details: { keys },
    description: `${start}${list}].`,
  };
}

export function badValueName(max: number): ErrorSpec {
  return {
    status: 400,
    id: 'badValueName',
    description: `Bad value: Name must be 2-${max} characters long and composed only of UTF-8 letters, digits, brackets and underscores. Dashes, spaces and dots are allowed (but not at the beginning or the end).`,
  };
}

export function badValueUsername(max: number): ErrorSpec {
  return {
    status: 400,
    id: 'badValueUsername',
    description: `Bad value: Username must be 2-${max} characters long and composed only of letters and digits. Dashes, dots and underscores are allowed (but not at the beginning or the end).`,
  };
}

export const badValuePassword: ErrorSpec = {
  status: 400,
  id: 'badValuePassword',
  description: 'Bad value: Password must be at least 8 characters long.',
};

export const badValueFullName: ErrorSpec = {
  status: 400,
  id: 'badValueFullName',
  description:
    'Bad value: Full name must be 2-128 characters long and composed only of UTF-8 letters and digits. Dashes, spaces, dots, commas and apostrophes are allowed (but not at the beginning or the end).',
};

export function badValueString(key: string): ErrorSpec {
  return aboutKey('badValueString', key, `Bad value: provided "${key}" must be a string.`);
}

export function badValueBoolean(key: string): ErrorSpec {
  return aboutKey('badValueBoolean', key, `Bad value: provided "${key}" must be a boolean.`);
}

export function badValueEmpty(key: string): ErrorSpec {
  return aboutKey('badValueEmpty', key, `Bad value: provided "${key}" must not be empty.`);
}

export function badValueJson(key: string): ErrorSpec {
  return aboutKey('badValueJSON', key, `Bad value: provided "${key}" must be a valid JSON.`);
}

export function badValueIdNotFound(key: string): ErrorSpec {
  return aboutKey('badValueIdNotFound', key, `Bad value: provided ID ("${key}") does not exist.`);
}

export function badValueIdentifierOccupied(key: string): ErrorSpec {
  return aboutKey(
    'badValueIdentifierOccupied',
    key,
    `Bad value: provided identifier ("${key}") is already occupied.`,
  );
}

export function badValueListOfStrings(key: string): ErrorSpec {
  return aboutKey(
    'badValueListOfStrings',
    key,
    `Bad value: provided "${key}" must be a list of strings.`,
  );
}

export function badValueTokenType(key: string): ErrorSpec {
  return aboutKey(
    'badValueTokenType',
    key,
    `Bad value: provided "${key}" is not a valid token type.`,
  );
}

export function badValueListNotAllowed(key: string, allowed: readonly string[]): ErrorSpec {
  return {
    status: 400,
    id: 'badValueListNotAllowed',
    details: { key, allowed },
    description: `Bad value: provided "${key}" must be a list containing zero or more following values: ${allowed.join(', ')}.`,
  };
}

export function badValueNotAllowed(key: string, allowed: readonly string[]): ErrorSpec {
  return {
    status: 400,
    id: 'badValueNotAllowed',
    details: { key, allowed },
    description: `Bad value: provided "${key}" must be one of: ${allowed.join(', ')}.`,
  };
}

export function badValueCaveat(caveat: unknown): ErrorSpec {
  return {
    status: 400,
    id: 'badValueCaveat',
    details: { caveat },
    description: `Provided caveat is invalid: '${JSON.stringify(caveat)}'.`,
  };
}

export function badValueToken(key: string, error: ErrorSpec): ErrorSpec {
  return {
    ...aboutKey(
      'badValueToken',
      key,
      `Bad value: provided "${key}" is not a valid token (see details).`,
    ),
    nested: { key: 'tokenError', error },
  };
}
