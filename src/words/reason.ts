/** The first of these ends what is asked; all that follows says why, word for word. */
const BECAUSE = /(?<=^|\s)(?:because|in order to|so that|reason:)(?=\s)/iu;

/** What is asked, and why; nothing is said of a reason where it is empty. */
export function splitReason(text: string): { readonly asked: string; readonly reason: string } {
  const { index, 0: said = '' } = BECAUSE.exec(text) ?? { index: text.length };
  return { asked: text.slice(0, index).trim(), reason: text.slice(index + said.length).trim() };
}
