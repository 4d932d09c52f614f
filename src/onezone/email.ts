/**
 * One form for addresses that reach the same person: no case, no dots in Gmail's local parts (as Onezone stores
 * them, though with their case). Nothing else is folded: other providers do tell dots and `+` apart.
 */
export function normaliseEmail(address: string): string {
  const folded = address.trim().toLowerCase().normalize('NFC');
  const split = folded.lastIndexOf('@');
  if (folded.slice(split) !== '@gmail.com') return folded;
  return folded.slice(0, split).replaceAll('.', '') + folded.slice(split);
}
