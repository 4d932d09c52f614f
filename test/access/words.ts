import { toPrivileges, toSet, type PrivilegeSet } from '../../src/access/privilege-set.js';
import {
  LIST_HANDLES,
  MANAGE_HANDLES,
  REGISTER_HANDLE,
  VIEW,
} from '../../src/onezone/privileges.js';

export { LIST_HANDLES, MANAGE_HANDLES, REGISTER_HANDLE, VIEW };

/** What *use* and *maintain* are in Onezone, sorted. */
export const USE = [REGISTER_HANDLE, VIEW];
export const MAINTAIN = [LIST_HANDLES, MANAGE_HANDLES, REGISTER_HANDLE, VIEW];

/** A member with these privileges; `noMember` is none. */
export const member = (...privileges: readonly string[]): PrivilegeSet => toSet(privileges);
export const noMember = toSet(null);

/** A set as Onezone writes it, to be compared. */
export const shown = (set: PrivilegeSet): readonly string[] | null => toPrivileges(set);
