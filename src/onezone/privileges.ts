/** What a member may do in a handle service. An open set: newer zones know words that this list does not. */
export type Privilege = string;

/** How much access a person asks for, in plain words; what each means stands in `privilegesFor`. */
export type Level = 'use' | 'maintain' | 'own';

/** The words one zone knows. Zones up to 21.02.6 have no `handle_service_manage_handles`. */
export interface PrivilegeVocabulary {
  readonly all: readonly Privilege[];
  /** What a member gets when the privileges are left out. */
  readonly member: readonly Privilege[];
}

export const VIEW = 'handle_service_view';
export const REGISTER_HANDLE = 'handle_service_register_handle';
export const LIST_HANDLES = 'handle_service_list_handles';
export const MANAGE_HANDLES = 'handle_service_manage_handles';
/** As good as root inside a service: whoever has it can give themselves everything else. */
export const UPDATE = 'handle_service_update';
export const DELETE = 'handle_service_delete';

const use = [VIEW, REGISTER_HANDLE];
const maintain = [...use, LIST_HANDLES, MANAGE_HANDLES];
const levels: Readonly<Record<Level, readonly Privilege[]>> = {
  use,
  maintain,
  own: [...maintain, UPDATE, DELETE],
};

/**
 * The privileges of a level, sorted, without those that the zone does not know: sending an unknown one
 * makes it refuse the whole call.
 */
export function privilegesFor(
  level: Level,
  vocabulary: Pick<PrivilegeVocabulary, 'all'>,
): readonly Privilege[] {
  return levels[level].filter((privilege) => vocabulary.all.includes(privilege)).sort();
}
