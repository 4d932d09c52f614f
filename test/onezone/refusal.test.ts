import { describe, expect, it } from '@jest/globals';
import {
  isBreaker,
  isNotFound,
  isOutage,
  mayHaveHappened,
  OnezoneAuthError,
  OnezoneError,
  OnezoneUnreachable,
  OnezoneWrongUrl,
} from '../../src/onezone/errors.js';
import { toFailure } from '../../src/onezone/refusal.js';

const write = { method: 'PUT', path: '/handle_services/H/users/U', write: true };
const read = { method: 'GET', path: '/handle_services/H', write: false };

function answer(status: number, error?: object, location: string | null = null) {
  return { status, location, text: error === undefined ? '' : JSON.stringify({ error }) };
}

describe('a refused credential', () => {
  const caveat = (type: string) => ({ id: 'tokenCaveatUnverified', details: { caveat: { type } } });

  it.each([
    [{ id: 'badBasicCredentials' }, 'badCredentials'],
    [{ id: 'badToken' }, 'badCredentials'],
    [{ id: 'tokenInvalid' }, 'badCredentials'],
    [{ id: 'notAnAccessToken', details: { received: { identityToken: {} } } }, 'badCredentials'],
    [{ id: 'tokenSubjectInvalid' }, 'badCredentials'],
    [{ id: 'tokenRevoked' }, 'tokenRevoked'],
    [{ id: 'userBlocked' }, 'userBlocked'],
    [{ id: 'basicAuthDisabled' }, 'basicAuthDisabled'],
    [{ id: 'basicAuthNotSupported' }, 'basicAuthNotSupported'],
    [caveat('time'), 'tokenExpired'],
    [caveat('api'), 'tokenTooNarrow'],
    [caveat('ip'), 'tokenNotForHere'],
    [caveat('interface'), 'tokenNotForHere'],
    [caveat('service'), 'tokenNotForHere'],
    [{ id: 'tokenCaveatUnverified' }, 'tokenNotForHere'],
  ])('with %j is %s', (authError, reason) => {
    const failure = toFailure(write, answer(401, { id: 'unauthorized', details: { authError } }));
    expect(failure).toBeInstanceOf(OnezoneAuthError);
    expect(failure).toMatchObject({ reason, errorId: authError.id, status: 401 });
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([false, false]);
  });

  it.each([
    ['missing', undefined],
    ['null, as in 25.x', { authError: null }],
  ])('with its auth error %s means that none was sent', (_name, details) => {
    const failure = toFailure(read, answer(401, { id: 'unauthorized', details }));
    expect(failure).toBeInstanceOf(OnezoneAuthError);
    expect(failure).toMatchObject({ reason: 'noCredentials', errorId: 'unauthorized' });
  });

  it('is understood without its wrapping too, as a question about a token is answered', () => {
    expect(toFailure(read, answer(400, { id: 'tokenRevoked' }))).toMatchObject({
      name: 'OnezoneAuthError',
      reason: 'tokenRevoked',
      status: 400,
    });
  });

  it('for a reason that is not known here is refused without the words of the answer', () => {
    const authError = { id: 'aNewKindOfAuthError' };
    const failure = toFailure(write, answer(401, { id: 'unauthorized', details: { authError } }));
    expect(failure).toMatchObject({
      reason: 'badCredentials',
      errorId: null,
      unknownId: 'aNewKindOfAuthError',
    });
    expect(failure.message).not.toContain('aNewKindOfAuthError');
  });

  it('is not to blame when Onezone broke while looking at it', () => {
    const error = { id: 'unauthorized', details: { authError: { id: 'internalServerError' } } };
    const failure = toFailure(write, answer(401, error));
    expect(failure).toBeInstanceOf(OnezoneError);
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([true, false]);
  });
});

describe('a refused call', () => {
  it.each([
    [400, 'badValueIdNotFound', { key: 'userId' }, 'userId'],
    [400, 'badValueName', { key: null }, null],
    [403, 'forbidden', undefined, null],
    [404, 'notFound', undefined, null],
    [409, 'relationAlreadyExists', { childType: 'user' }, null],
  ])('%d %s is permanent and has done nothing', (status, id, details, key) => {
    const failure = toFailure(write, answer(status, { id, details, description: 'x' }));
    expect(failure).toBeInstanceOf(OnezoneError);
    expect(failure).toMatchObject({ status, errorId: id, key, isPermanent: true });
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([false, false]);
    expect(isNotFound(failure)).toBe(id === 'notFound');
  });

  it('by the circuit breaker will be let through later and has done nothing', () => {
    const failure = toFailure(write, answer(503, { id: 'serviceUnavailable' }));
    expect(failure).toMatchObject({ name: 'OnezoneError', isPermanent: false });
    expect([isBreaker(failure), isOutage(failure), mayHaveHappened(failure)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    [500, { id: 'internalServerError', details: { reference: '9f3b1c07de' } }],
    [500, { id: 'cannotDeleteEntity', details: { entityType: 'od_handle_service' } }],
    [503, { id: 'timeout' }],
  ])('by a crash with status %d may have done its work: %j', (status, error) => {
    const failure = toFailure(write, answer(status, error));
    expect(failure).toMatchObject({ name: 'OnezoneError', isPermanent: false });
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([true, true]);
    expect(mayHaveHappened(toFailure(read, answer(status, error)))).toBe(false);
  });

  it('by a crash keeps the reference for the administrators of the zone', () => {
    const error = { id: 'internalServerError', details: { reference: '9f3b1c07de' } };
    expect(toFailure(read, answer(500, error))).toMatchObject({ reference: '9f3b1c07de' });
  });

  it.each([500, 502, 503, 504])('with an empty %d may have done its work', (status) => {
    const failure = toFailure(write, answer(status));
    expect(failure).toBeInstanceOf(OnezoneUnreachable);
    expect(failure).toMatchObject({ kind: 'serverError', sent: true, status });
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([true, true]);
    expect(mayHaveHappened(toFailure(read, answer(status)))).toBe(false);
  });

  it.each([404, 405])('with a %d that is not Onezone’s went to a wrong address', (status) => {
    for (const text of ['', '<h1>default backend</h1>', '{"message":"no Route matched"}']) {
      const failure = toFailure(write, { status, location: null, text });
      expect(failure).toBeInstanceOf(OnezoneWrongUrl);
      expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([false, false]);
    }
  });

  it('with a redirect tells where to, without what may be secret in it', () => {
    const to = 'https://me:pw@onezone.example.org:8443/api?token=secret';
    const failure = toFailure(read, answer(301, undefined, to));
    expect(failure.message).toBe(
      "Onezone's API is not at this address, it points to https://onezone.example.org:8443 " +
        '(GET /handle_services/H, status 301)',
    );
  });

  it.each([415, 406, 413])('with an empty %d is permanent', (status) => {
    expect(toFailure(write, answer(status))).toMatchObject({
      name: 'OnezoneError',
      errorId: null,
      isPermanent: true,
    });
  });

  it('with a 429 of some proxy is an outage that did nothing', () => {
    const failure = toFailure(write, answer(429));
    expect([isOutage(failure), mayHaveHappened(failure)]).toEqual([true, false]);
  });

  it('of 25.x is read in the same way', () => {
    const ctx = { module: 'x', line: 1, service: 'ozw' };
    const error = { id: 'badValueIdNotFound', ctx, details: { key: 'userId' }, description: 'new' };
    expect(toFailure(write, answer(400, error)).message).toBe(
      'Onezone answered badValueIdNotFound "userId" (PUT /handle_services/H/users/U, status 400)',
    );
  });

  it.each(['pa$$word-of-the-registrar', '<@U0ADA>', 'FORBIDDEN', 'constructor', 'forbidden '])(
    'with the id %j is one that is not known here',
    (id) => {
      const details = { key: id, reference: id };
      const failure = toFailure(write, answer(400, { id, details }));
      expect(failure).toMatchObject({ errorId: null, unknownId: id, key: null, reference: null });
      expect(failure.message).toBe(
        'Onezone answered an error that is not known here (PUT /handle_services/H/users/U, status 400)',
      );
    },
  );

  it('with details of another shape is still known by its id', () => {
    const error = { id: 'badValueEmpty', details: ['?'] };
    expect(toFailure(write, answer(400, error))).toMatchObject({
      errorId: 'badValueEmpty',
      key: null,
    });
    const odd = { id: 'badValueEmpty', details: { key: 5, reference: {}, authError: 'x' } };
    expect(toFailure(write, answer(400, odd))).toMatchObject({
      errorId: 'badValueEmpty',
      key: null,
    });
  });
});
