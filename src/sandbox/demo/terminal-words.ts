/** Slack's markup as a terminal shows it: names for mentions, dates in local time, no signs for bold and code. */
export function terminalWords(markup: string, nameOf: (id: string) => string): string {
  return markup
    .replace(/<@([UW][A-Z0-9]+)>/g, (_, id: string) => `@${nameOf(id)}`)
    .replace(/<#(C[A-Z0-9]+)(?:\|[^<>]*)?>/g, (_, id: string) => `#${nameOf(id)}`)
    .replace(/<!date\^(\d+)\^[^<>|]*\|[^<>]*>/g, (_, unix: string) => moment(Number(unix)))
    .replace(/<[^<>|]+\|([^<>]+)>/g, '$1')
    .replace(/\*([^*\n]+)\*/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Lines of at most `width` characters; a word that is longer stays whole. */
export function wrapped(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1);
      if (last !== undefined && last.length + 1 + word.length <= width) {
        lines[lines.length - 1] = `${last} ${word}`;
      } else {
        lines.push(word);
      }
    }
    return lines;
  });
}

function moment(unix: number): string {
  const at = new Date(unix * 1000);
  return at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
