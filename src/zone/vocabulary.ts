/** The privileges of the newest Onezone that we know, for when the zone itself cannot be asked. */
export const NEWEST = {
  all: [
    'handle_service_delete',
    'handle_service_list_handles',
    'handle_service_manage_handles',
    'handle_service_register_handle',
    'handle_service_update',
    'handle_service_view',
  ],
} as const;
