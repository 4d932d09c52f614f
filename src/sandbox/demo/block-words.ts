/** What stands in the blocks of a message, a line each, without its buttons. */
export const blockWords = (blocks: readonly unknown[]): string =>
  blocks
    .filter((block) => !isRecord(block) || block['type'] !== 'actions')
    .map((block) => wordsIn(block).join(''))
    .filter((line) => line !== '')
    .join('\n');

function wordsIn(part: unknown): readonly string[] {
  if (Array.isArray(part)) return part.flatMap((one) => wordsIn(one));
  if (!isRecord(part) || part['type'] === 'button') return [];
  const { text } = part;
  const own = typeof text === 'string' ? [text] : wordsIn(text);
  const user = part['user_id'];
  return [
    ...(part['type'] === 'rich_text_quote' ? ['> '] : []),
    ...(typeof user === 'string' ? [`<@${user}>`] : []),
    ...own,
    ...['fields', 'elements'].flatMap((key) => wordsIn(part[key])),
  ];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
