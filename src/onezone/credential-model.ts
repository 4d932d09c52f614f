import type { Api } from './caller.js';
import { isTokenTooNarrow, OnezoneError } from './errors.js';
import type { CredentialModel } from './onezone.js';
import { at } from './place.js';
import * as schemas from './schemas.js';

/** Without these an account cannot act on a service that it is no member of. */
const actsOnAll = [
  'oz_handle_services_list',
  'oz_handle_services_add_relationships',
  'oz_users_add_relationships',
];

/** Onezone has no search for people: finding one means to list and read them. */
const findsPeople = ['oz_users_list', 'oz_users_view'];

const needs: Readonly<Record<CredentialModel, readonly string[]>> = {
  admin: [
    ...actsOnAll,
    ...findsPeople,
    'oz_handle_services_create',
    'oz_handle_services_list_relationships',
    'oz_handle_services_view_privileges',
    'oz_handle_services_set_privileges',
    'oz_handle_services_remove_relationships',
    'oz_users_remove_relationships',
  ],
  membership: [...findsPeople, 'oz_handle_services_create'],
};

export async function credentialModel(
  api: Api,
  ozPrivileges: readonly string[] | null,
): Promise<CredentialModel> {
  if (ozPrivileges === null) return (await mayListAll(api)) ? 'admin' : 'membership';
  return actsOnAll.every((needed) => ozPrivileges.includes(needed)) ? 'admin' : 'membership';
}

/** What an administrator has to add to the account, sorted. */
export function lackingPrivileges(
  model: CredentialModel,
  ozPrivileges: readonly string[] | null,
): readonly string[] {
  if (ozPrivileges === null) return [];
  return needs[model].filter((needed) => !ozPrivileges.includes(needed)).sort();
}

async function mayListAll(api: Api): Promise<boolean> {
  try {
    await api.get({ at: at`/handle_services` }, schemas.handleServiceList);
    return true;
  } catch (error) {
    if (isTokenTooNarrow(error)) return false;
    if (error instanceof OnezoneError && error.errorId === 'forbidden') return false;
    throw error;
  }
}
