import { type Profile } from './version.js';

/** Sorted, as the server returns them (Onezone contract 2.1). `admin` is everything there is. */
export interface HandleServicePrivileges {
  readonly member: readonly string[];
  readonly admin: readonly string[];
}

export function handleServicePrivileges(profile: Profile): HandleServicePrivileges {
  const admin = [
    'handle_service_delete',
    'handle_service_list_handles',
    'handle_service_manage_handles',
    'handle_service_register_handle',
    'handle_service_update',
    'handle_service_view',
  ];
  const member = [
    'handle_service_list_handles',
    'handle_service_register_handle',
    'handle_service_view',
  ];
  if (profile.manageHandles) return { member, admin };
  return {
    member: member.filter((privilege) => privilege !== 'handle_service_list_handles'),
    admin: admin.filter((privilege) => privilege !== 'handle_service_manage_handles'),
  };
}

const managed = [
  'create',
  'view',
  'update',
  'delete',
  'list',
  'list_relationships',
  'add_relationships',
  'remove_relationships',
  'view_privileges',
  'set_privileges',
];

/** Every `oz_*` privilege the sandbox knows, sorted. */
export const ozPrivileges: readonly string[] = [
  'oz_set_privileges',
  'oz_view_privileges',
  'oz_tokens_manage',
  'oz_users_manage_passwords',
  'oz_spaces_set_privileges',
  ...['create', 'view', 'update', 'delete', 'list', 'list_relationships'].map(users),
  ...['add_relationships', 'remove_relationships'].map(users),
  ...['create', 'view', 'update', 'delete', 'list'].map((verb) => `oz_handles_${verb}`),
  ...['groups', 'handle_services'].flatMap((noun) => managed.map((verb) => `oz_${noun}_${verb}`)),
].sort();

function users(verb: string): string {
  return `oz_users_${verb}`;
}
