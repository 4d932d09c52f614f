import type { OnezoneSandbox } from '../../src/sandbox/onezone/server.js';
import type { DeskOptions } from './desk.js';

/** The user as whom the bot works in Onezone. */
export interface Account {
  readonly id: string;
  readonly token: string;
  /** What the account is in each service that was there before the bot: nothing, unless it has to be a member. */
  readonly memberships: Readonly<Record<string, readonly string[]>>;
}

export function openAccount(
  zone: OnezoneSandbox,
  {
    password,
    model,
    caveats = [],
  }: Pick<DeskOptions, 'model' | 'caveats'> & { readonly password: string },
): Account {
  const isMember = model === 'membership';
  const { userId: id } = zone.addUser({
    username: 'desk',
    password,
    basicAuthEnabled: true,
    privileges: isMember ? ['oz_handle_services_create', 'oz_users_list', 'oz_users_view'] : 'all',
  });
  return {
    id,
    token: zone.mintToken({ userId: id, caveats }),
    // All that an administrator has to give it in a service that somebody else made.
    memberships: isMember ? { [id]: ['handle_service_update', 'handle_service_view'] } : {},
  };
}

/** A token that can do only what the desk needs. It cannot read a service, and so not its password. */
export const CONFINED = {
  type: 'api',
  whitelist: [
    'ozw/create/handleService.null.instance:private',
    'ozw/get/handleService.null.list:private',
    'ozw/get/handleService.*.users:private',
    'ozw/get/handleService.*.eff_users:private',
    'ozw/get/handleService.*.eff_user_privileges,*:private',
    'ozw/create/handleService.*.user,*:private',
    'ozw/delete/handleService.*.user,*:private',
    'ozw/get/handleService.*.user_privileges,*:private',
    'ozw/update/handleService.*.user_privileges,*:private',
    'ozw/get/user.null.list:private',
    'ozw/get/user.*.instance:protected',
    'ozw/get/user.*.eff_oz_privileges:private',
  ],
};
