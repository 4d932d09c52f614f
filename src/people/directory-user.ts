import { normaliseEmail } from '../onezone/email.js';
import type { ZoneUser } from '../onezone/onezone.js';
import type { DirectoryUser } from '../store/store.js';

/** What is kept of a user. Of the addresses, the zone's own and those of the linked accounts, which may be newer. */
export function directoryUser(user: ZoneUser, readAt: Date): DirectoryUser {
  const emails = [...user.emails, ...user.linkedEmails].filter(isAddress).map(normaliseEmail);
  return {
    id: user.id,
    fullName: user.fullName,
    username: user.username,
    emails: [...new Set(emails)],
    blocked: user.blocked,
    readAt,
  };
}

/** A user without a full name is shown by user name, and one without any by id. */
export function nameOf(user: Pick<DirectoryUser, 'id' | 'fullName' | 'username'>): string {
  return user.fullName.trim() || user.username || user.id;
}

/** Providers fill the field with anything; two users without an address must not look like one. */
export function isAddress(text: string): boolean {
  return /^[^@\s].*@[^@\s]+$/s.test(text.trim());
}
