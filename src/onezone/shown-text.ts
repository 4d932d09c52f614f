/** Control and format characters, such as bidirectional overrides, and half letters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const MAX_LENGTH = 256;

/**
 * A name from the zone, as the desk stores and shows it. Onezone itself lets nothing of what is changed here into a name; a zone that is
 * not what it should be could otherwise call people, write links, or fill the screen. What shows it escapes it besides.
 */
export function shownText(text: string): string {
  const plain = text.replace(UNSEEN, ' ').replaceAll('<', '‹').replaceAll('>', '›');
  const points = Array.from(plain.replace(/\s+/gu, ' ').trim());
  return points.length <= MAX_LENGTH ? points.join('') : `${points.slice(0, MAX_LENGTH).join('')}…`;
}
