/**
 * Folds case, and dots in Gmail's local parts, which Onezone drops too. Nothing else: other providers
 * distinguish dots and `+` tags.
 */
export function normaliseEmail(address: string): string {
  const folded = address.trim().toLowerCase().normalize('NFC');
  const split = folded.lastIndexOf('@');
  if (folded.slice(split) !== '@gmail.com') return folded;
  return folded.slice(0, split).replaceAll('.', '') + folded.slice(split);
}

/** Identity providers put arbitrary text into the field; two users with equal junk must not match as one. */
export function isEmailAddress(text: string): boolean {
  return /^[^@\s].*@[^@\s]+$/s.test(text.trim());
}
