import { path } from './api-path.js';
import type { Api } from './caller.js';
import { isNotAllowed } from './errors.js';
import type { CredentialModel } from './onezone.js';
import * as schemas from './schemas.js';

/** Needed to act on a service without being its member. */
const actOnAnyService = [
  'oz_handle_services_list',
  'oz_handle_services_add_relationships',
  'oz_users_add_relationships',
];

/** Onezone has no user search, so finding a person means listing and reading users. */
const readUsers = ['oz_users_list', 'oz_users_view'];

const neededPrivileges: Readonly<Record<CredentialModel, readonly string[]>> = {
  admin: [
    ...actOnAnyService,
    ...readUsers,
    'oz_handle_services_create',
    'oz_handle_services_list_relationships',
    'oz_handle_services_view_privileges',
    'oz_handle_services_set_privileges',
    'oz_handle_services_remove_relationships',
    'oz_users_remove_relationships',
  ],
  membership: [...readUsers, 'oz_handle_services_create'],
};

export async function credentialModel(
  api: Api,
  ozPrivileges: readonly string[] | null,
): Promise<CredentialModel> {
  if (ozPrivileges === null) return (await mayListAll(api)) ? 'admin' : 'membership';
  return actOnAnyService.every((needed) => ozPrivileges.includes(needed)) ? 'admin' : 'membership';
}

/** What an administrator has to add to the account; empty if its privileges are unknown. Sorted. */
export function lackingPrivileges(
  model: CredentialModel,
  ozPrivileges: readonly string[] | null,
): readonly string[] {
  if (ozPrivileges === null) return [];
  return neededPrivileges[model].filter((needed) => !ozPrivileges.includes(needed)).sort();
}

async function mayListAll(api: Api): Promise<boolean> {
  try {
    await api.get({ path: path`/handle_services` }, schemas.handleServiceList);
    return true;
  } catch (error) {
    if (isNotAllowed(error)) return false;
    throw error;
  }
}
