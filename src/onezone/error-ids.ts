/**
 * The ids of errors that Onezone 20.02 to 25.x is known to answer with. Whatever else stands in their place may be anything, a
 * password or a mention included, so only these are ever printed.
 */
const ERROR_IDS: ReadonlySet<string> = new Set([
  'alreadyExists',
  'badBasicCredentials',
  'badIdpAccessToken',
  'badToken',
  'badValueBoolean',
  'badValueCaveat',
  'badValueEmpty',
  'badValueFullName',
  'badValueIdNotFound',
  'badValueIdentifierOccupied',
  'badValueJSON',
  'badValueListNotAllowed',
  'badValueListOfStrings',
  'badValueName',
  'badValueNotAllowed',
  'badValuePassword',
  'badValueString',
  'badValueToken',
  'badValueTokenType',
  'badValueUsername',
  'badValueXML',
  'basicAuthDisabled',
  'basicAuthNotSupported',
  'cannotDeleteEntity',
  'cannotDeleteNonEmptyHandleService',
  'externalServiceOperationFailed',
  'forbidden',
  'internalServerError',
  'malformedData',
  'missingAtLeastOneValue',
  'missingRequiredValue',
  'notAnAccessToken',
  'notAnIdentityToken',
  'notFound',
  'notSupported',
  'relationAlreadyExists',
  'relationDoesNotExist',
  'serviceUnavailable',
  'temporaryFailure',
  'timeout',
  'tokenCaveatUnknown',
  'tokenCaveatUnverified',
  'tokenInvalid',
  'tokenRevoked',
  'tokenServiceForbidden',
  'tokenSessionInvalid',
  'tokenSubjectInvalid',
  'tokenTimeCaveatRequired',
  'tokenTooLarge',
  'unauthorized',
  'userBlocked',
]);

/** What the calls of this client send, and so what an error of theirs can be about. */
const KEYS: ReadonlySet<string> = new Set([
  'grant',
  'interface',
  'name',
  'peerIp',
  'privileges',
  'proxyEndpoint',
  'revoke',
  'serviceProperties',
  'token',
  'userId',
]);

/** Hex digits, under which the zone's administrators find a crash. */
const REFERENCE = /^[0-9a-f]{4,32}$/;

export const knownErrorId = (id: string): string | null => (ERROR_IDS.has(id) ? id : null);

export const knownKey = (key: string | null | undefined): string | null =>
  key != null && KEYS.has(key) ? key : null;

export const knownReference = (reference: string | null | undefined): string | null =>
  reference != null && REFERENCE.test(reference) ? reference : null;
