const ELLIPSIS = '…';
/** What must not be torn: a token such as `<@U1>`, an escaped character, a code point. */
const ATOM = /<[^<>]*>|&(?:amp|lt|gt);|[^]/gu;

/** At most so many code points, the last of them an ellipsis if something was left out. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text);
  if (points.length <= max) return text;
  return (
    points
      .slice(0, max - 1)
      .join('')
      .trimEnd() + ELLIPSIS
  );
}

/** The same for Slack's markup: no half token, no half entity, no code span left open. */
export function cutMarkup(markup: string, max: number): string {
  if (codePoints(markup) <= max) return markup;
  const room = max - '`'.length - ELLIPSIS.length;
  let kept = '';
  let used = 0;
  for (const [atom] of markup.matchAll(ATOM)) {
    used += codePoints(atom);
    if (used > room) break;
    kept += atom;
  }
  const isOpen = kept.split('`').length % 2 === 0;
  return kept.trimEnd() + (isOpen ? '`' : '') + ELLIPSIS;
}

export const codePoints = (text: string): number => Array.from(text).length;
