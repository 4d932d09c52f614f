/** One of Onezone's errors, before a version's way of writing it is chosen (see render-error.ts). */
export interface ErrorSpec {
  /** The HTTP status when this error is the answer itself. */
  readonly status: number;
  readonly id: string;
  readonly description: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** An error inside `details`, written in the same version's way. */
  readonly nested?: { readonly key: 'authError' | 'tokenError'; readonly error: ErrorSpec };
}

/** Thrown by any step of judging a request; becomes the answer. */
export class ZoneError extends Error {
  readonly spec: ErrorSpec;

  constructor(spec: ErrorSpec) {
    super(`${spec.id}: ${spec.description}`);
    this.name = 'ZoneError';
    this.spec = spec;
  }
}

export const malformedData: ErrorSpec = {
  status: 400,
  id: 'malformedData',
  description: 'Provided data could not be understood by the server.',
};

export const unauthorized: ErrorSpec = {
  status: 401,
  id: 'unauthorized',
  description: 'You must authenticate yourself to perform this operation.',
};

export const forbidden: ErrorSpec = {
  status: 403,
  id: 'forbidden',
  description: 'You are not authorized to perform this operation.',
};

export const notFound: ErrorSpec = {
  status: 404,
  id: 'notFound',
  description: 'The resource could not be found.',
};

export const alreadyExists: ErrorSpec = {
  status: 409,
  id: 'alreadyExists',
  description: 'The resource already exists.',
};

export const serviceUnavailable: ErrorSpec = {
  status: 503,
  id: 'serviceUnavailable',
  description: 'Service required for this operation is offline.',
};

export const cannotDeleteNonEmptyHandleService: ErrorSpec = {
  status: 400,
  id: 'cannotDeleteNonEmptyHandleService',
  description:
    'This handle service cannot be deleted as it still has some handles registered. All the handles would have to be deleted first, but proceed with caution as Open Data records should be persistent.',
};

/** Errors that say the same whatever happened; a fault names them by id. */
export const plainErrors: readonly ErrorSpec[] = [
  malformedData,
  unauthorized,
  forbidden,
  notFound,
  alreadyExists,
  serviceUnavailable,
  cannotDeleteNonEmptyHandleService,
  { status: 400, id: 'notSupported', description: 'This operation is not supported.' },
  {
    status: 503,
    id: 'temporaryFailure',
    description: 'Temporary failure - please try again later.',
  },
  { status: 503, id: 'timeout', description: 'Operation timed out.' },
];

export function authenticationFailed(error: ErrorSpec): ErrorSpec {
  return {
    status: 401,
    id: 'unauthorized',
    nested: { key: 'authError', error },
    description: 'Provided authentication is not valid (see details).',
  };
}

/** `reference` null: the text of versions that give none. */
export function internalServerError(reference: string | null): ErrorSpec {
  const start = 'The server has encountered an error while processing this request.';
  if (reference === null) return { status: 500, id: 'internalServerError', description: start };
  return {
    status: 500,
    id: 'internalServerError',
    details: { reference },
    description: `${start} If the problem persists, please contact the site's administrators, citing the following reference: ${reference}.`,
  };
}

/** What {@link relationAlreadyExists} is about. */
export interface Relation {
  readonly child: 'user' | 'group';
  readonly childId: string;
  readonly serviceId: string;
}

/** 19.02 answers 400 and writes the types as its records are called, `od_user`. */
export function relationAlreadyExists(relation: Relation, status: 400 | 409): ErrorSpec {
  const { child, childId, serviceId } = relation;
  const [childType, parentType] =
    status === 409 ? [child, 'handleService'] : [`od_${child}`, 'od_handle_service'];
  return {
    status,
    id: 'relationAlreadyExists',
    details: { childType, childId, parentType, parentId: serviceId },
    description: `Bad value: ${child}:${childId} is already a member of handleService:${serviceId}.`,
  };
}
