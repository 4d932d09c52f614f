import { isEmailAddress, normaliseEmail } from '../onezone/email.js';
import type { ZoneUser } from '../onezone/onezone.js';
import type { DirectoryUser } from '../store/store.js';

/** Includes the e-mail addresses of linked accounts, which may be newer than the zone's. */
export function directoryUser(user: ZoneUser, readAt: Date): DirectoryUser {
  const emails = [...user.emails, ...user.linkedEmails].filter(isEmailAddress).map(normaliseEmail);
  return {
    id: user.id,
    fullName: user.fullName,
    username: user.username,
    emails: [...new Set(emails)],
    blocked: user.blocked,
    readAt,
  };
}

export function nameOf(user: Pick<DirectoryUser, 'id' | 'fullName' | 'username'>): string {
  return user.fullName.trim() || user.username || user.id;
}
