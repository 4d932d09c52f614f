import type { CredentialModel, ZoneInfo, ZoneToken } from './onezone.js';

/** What a desk does in a zone, as far as its account and token have to allow it. */
export const DUTIES = ['read', 'directory', 'give', 'take', 'register'] as const;
export type Duty = (typeof DUTIES)[number];

interface Needs {
  /** `oz_*` privileges in the administrator's model. */
  readonly admin: readonly string[];
  /** The same in the membership model, where a service's own privileges do the rest. */
  readonly membership: readonly string[];
  /** Operations that an `api` caveat has to let through. `{me}` is the account's own id. */
  readonly operations: readonly string[];
}

const needs: Readonly<Record<Duty, Needs>> = {
  read: {
    admin: [
      'oz_handle_services_list',
      'oz_handle_services_list_relationships',
      'oz_handle_services_view_privileges',
    ],
    membership: [],
    operations: [
      'ozw/get/handleService.*.users:private',
      'ozw/get/handleService.*.eff_users:private',
      'ozw/get/handleService.*.user_privileges,*:private',
      'ozw/get/handleService.*.eff_user_privileges,*:private',
      'ozw/get/user.{me}.eff_oz_privileges:private',
    ],
  },
  directory: {
    admin: ['oz_users_list', 'oz_users_view'],
    membership: ['oz_users_list', 'oz_users_view'],
    operations: [
      'ozw/get/user.null.list:private',
      'ozw/get/user.*.instance:protected',
      'ozw/get/user.*.eff_oz_privileges:private',
    ],
  },
  give: {
    admin: [
      'oz_handle_services_add_relationships',
      'oz_handle_services_set_privileges',
      'oz_users_add_relationships',
    ],
    membership: [],
    operations: [
      'ozw/create/handleService.*.user,*:private',
      'ozw/update/handleService.*.user_privileges,*:private',
    ],
  },
  take: {
    admin: ['oz_handle_services_remove_relationships', 'oz_users_remove_relationships'],
    membership: [],
    operations: [
      'ozw/delete/handleService.*.user,*:private',
      'ozw/update/handleService.*.user_privileges,*:private',
    ],
  },
  register: {
    admin: ['oz_handle_services_create'],
    membership: ['oz_handle_services_create'],
    operations: ['ozw/create/handleService.null.instance:private'],
  },
};

/** How the services are listed, which differs between the models. */
const LIST: Readonly<Record<CredentialModel, string>> = {
  admin: 'ozw/get/handleService.null.list:private',
  membership: 'ozw/get/user.{me}.eff_handle_services:private',
};

/** From this version on a service's name can be read without credentials; before, only together with its password. */
const PUBLIC_NAMES_SINCE = [21, 2, 6];
const READ_SERVICE = 'ozw/get/handleService.*.instance:protected';

/** `oz_*` privileges that the account has to have. Sorted. */
export function privilegesNeeded(
  duties: readonly Duty[],
  model: CredentialModel,
): readonly string[] {
  return [...new Set(duties.flatMap((duty) => needs[duty][model]))].sort();
}

/** Entries of an `api` caveat with which a token can do its duties and nothing else. Sorted. */
export function operationsNeeded(
  duties: readonly Duty[],
  { model, version }: Pick<ZoneInfo, 'model' | 'version'>,
): readonly string[] {
  const own = [LIST[model], ...(hasPublicNames(version) ? [] : [READ_SERVICE])];
  return [...new Set([...own, ...duties.flatMap((duty) => needs[duty].operations)])].sort();
}

/** Operations that the caveats of this token leave out. */
export function operationsLacking(
  needed: readonly string[],
  token: Pick<ZoneToken, 'caveats'>,
  me: string,
): readonly string[] {
  const lists = token.caveats.flatMap(({ type, whitelist }) =>
    type === 'api' && whitelist !== undefined ? [whitelist] : [],
  );
  return needed.filter((operation) => {
    const exact = operation.replace('{me}', me);
    return !lists.every((list) => list.some((entry) => covers(entry, exact)));
  });
}

/** As it stands in a token: every user's own, since a token is bound to its user anyway. */
export const asEntry = (operation: string): string => operation.replace('{me}', '*');

/** Whether an entry of a whitelist lets everything through that the operation means. */
export function covers(entry: string, operation: string): boolean {
  const [have, want] = [partsOf(entry), partsOf(operation)];
  if (have === null || want === null) return false;
  return (
    ['all', want.service].includes(have.service) &&
    ['all', want.verb].includes(have.verb) &&
    ['*', want.type].includes(have.type) &&
    ['*', want.id].includes(have.id) &&
    coversAspect(have.aspect, want.aspect) &&
    ['*', want.scope].includes(have.scope)
  );
}

const coversAspect = (have: string, want: string): boolean =>
  have === '*' || have === want || (have.endsWith(',*') && want.startsWith(have.slice(0, -1)));

function partsOf(text: string) {
  const found = /^(\w+)\/(\w+)\/([\w*]+)\.([\w*-]+)\.([^:]+)(?::(\w+|\*))?$/.exec(text);
  if (found === null) return null;
  const [, service = '', verb = '', type = '', id = '', aspect = '', scope = 'private'] = found;
  return { service, verb, type, id, aspect, scope };
}

/** Development builds may have any name: they count as new. */
function hasPublicNames(version: string): boolean {
  const parts = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (parts === undefined) return true;
  const differing = PUBLIC_NAMES_SINCE.findIndex((number, index) => number !== parts[index]);
  return differing === -1 || (parts[differing] ?? 0) > (PUBLIC_NAMES_SINCE[differing] ?? 0);
}
