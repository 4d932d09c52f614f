/** What a member may do in a handle service. Not an enum: newer zones have privileges that we do not know. */
export type Privilege = string;

/** How much access a person asks for; see `privilegesFor`. */
export type Level = 'use' | 'maintain' | 'own';

/** The privileges that one zone has. Zones up to 21.02.6 have no `handle_service_manage_handles`. */
export interface PrivilegeVocabulary {
  readonly all: readonly Privilege[];
  /** What a new member gets by default. */
  readonly member: readonly Privilege[];
}

export const VIEW = 'handle_service_view';
export const REGISTER_HANDLE = 'handle_service_register_handle';
export const LIST_HANDLES = 'handle_service_list_handles';
export const MANAGE_HANDLES = 'handle_service_manage_handles';
/** Equivalent to all: whoever has it can grant themselves the others. */
export const UPDATE = 'handle_service_update';
export const DELETE = 'handle_service_delete';

/** The newest Onezone we know of, assumed while the zone itself has never been reached. */
export const NEWEST_VOCABULARY: Pick<PrivilegeVocabulary, 'all'> = {
  all: [VIEW, REGISTER_HANDLE, LIST_HANDLES, MANAGE_HANDLES, UPDATE, DELETE].sort(),
};

const use = [VIEW, REGISTER_HANDLE];
const maintain = [...use, LIST_HANDLES, MANAGE_HANDLES];
const levels: Readonly<Record<Level, readonly Privilege[]>> = {
  use,
  maintain,
  own: [...maintain, UPDATE, DELETE],
};

/** Sorted. Leaves out privileges that the zone does not have, as one unknown privilege makes it refuse the whole call. */
export function privilegesFor(
  level: Level,
  vocabulary: Pick<PrivilegeVocabulary, 'all'>,
): readonly Privilege[] {
  return levels[level].filter((privilege) => vocabulary.all.includes(privilege)).sort();
}
