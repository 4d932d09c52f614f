import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allows, isMatchspec, readOperation } from '../../../src/sandbox/onezone/matchspec.js';
import { routesOf } from '../../../src/sandbox/onezone/routes/index.js';
import { profileOf } from '../../../src/sandbox/onezone/version.js';

describe('the whitelist of an api caveat', () => {
  it.each([
    ['ozw/get/user.null.list:private', true],
    ['all/all/*.*.*:*', true],
    ['ozw/create/handleService.*.user,*:private', true],
    ['ozw/get/user.*.instance', true],
    ['oz-worker/get/user.null.list:private', false],
    ['ozw/put/user.null.list:private', false],
    ['ozw/get/od_user.null.list:private', false],
    ['ozw/get/handle_service.null.list:private', false],
    ['ozw/get/user.null.list:open', false],
    ['', false],
  ])('reads %s: %j', (text, good) => {
    expect(isMatchspec(text)).toBe(good);
  });

  it.each([
    ['create handleService.h1.user,u1:private', 'ozw/create/handleService.*.user,*:private', true],
    [
      'create handleService.h1.user,u1:private',
      'ozw/create/handleService.h1.user,u1:private',
      true,
    ],
    [
      'create handleService.h1.user,u1:private',
      'ozw/create/handleService.h2.user,*:private',
      false,
    ],
    ['create handleService.h1.user,u1:private', 'ozw/create/handleService.*.users:private', false],
    ['get handleService.h1.users:private', 'ozw/get/handleService.*.user,*:private', false],
    ['get user.u1.instance:protected', 'ozw/get/user.*.instance', false],
    ['get user.u1.instance:protected', 'ozw/get/user.*.instance:*', true],
    ['get user.null.list:private', 'opw/get/user.null.list:private', false],
    ['get user.null.list:private', 'all/get/*.*.*:*', true],
    ['delete user.null.list:private', 'all/get/*.*.*:*', false],
  ])('for %s has %s: %j', (operation, matchspec, let_) => {
    expect(allows(matchspec, readOperation(operation))).toBe(let_);
  });

  it('can be written for every route as the route itself says what it does', () => {
    const operations = routesOf(profileOf('21.02.7')).map(({ operation }) => operation);
    for (const operation of operations) {
      const { verb, type, id, aspect, scope } = readOperation(operation);
      const any = id === 'null' ? id : '*';
      const matchspec = `ozw/${verb}/${type}.${any}.${aspect.replace(/\{\w+\}/, '*')}:${scope}`;
      expect([matchspec, isMatchspec(matchspec)]).toEqual([matchspec, true]);
      expect(allows(matchspec, readOperation(operation))).toBe(true);
    }
  });

  it('lets nothing through that is not of its form', () => {
    const operation = readOperation('get user.null.list:private');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(allows(text, operation)).toBe(false);
      }),
    );
  });
});
