import { describe, expect, it } from '@jest/globals';
import { privilegesFor } from '../../src/onezone/privileges.js';
import { ALL_PRIVILEGES } from './scripted-zone.js';

const before21027 = ALL_PRIVILEGES.filter((word) => word !== 'handle_service_manage_handles');

describe('a level', () => {
  it('"use" is to see the service and to register handles', () => {
    expect(privilegesFor('use', { all: ALL_PRIVILEGES })).toEqual([
      'handle_service_register_handle',
      'handle_service_view',
    ]);
  });

  it('"maintain" is also to list and manage handles', () => {
    expect(privilegesFor('maintain', { all: ALL_PRIVILEGES })).toEqual([
      'handle_service_list_handles',
      'handle_service_manage_handles',
      'handle_service_register_handle',
      'handle_service_view',
    ]);
  });

  it('"own" is everything', () => {
    expect(privilegesFor('own', { all: ALL_PRIVILEGES })).toEqual(ALL_PRIVILEGES);
  });

  it('never holds a word that the zone does not know', () => {
    expect(privilegesFor('own', { all: before21027 })).toEqual(before21027);
    expect(privilegesFor('maintain', { all: ['handle_service_view'] })).toEqual([
      'handle_service_view',
    ]);
  });

  it('comes in a new list each time', () => {
    const first = privilegesFor('use', { all: ALL_PRIVILEGES });
    expect(privilegesFor('use', { all: ALL_PRIVILEGES })).not.toBe(first);
  });
});
