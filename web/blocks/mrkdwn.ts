/** Parsed `mrkdwn`. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly inside: readonly Piece[] }
  | { readonly kind: 'code' | 'pre'; readonly text: string }
  | { readonly kind: 'quote'; readonly inside: readonly Piece[] }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'user' | 'channel' | 'group'; readonly id: string; readonly label: string }
  | { readonly kind: 'everyone'; readonly label: string }
  | {
      readonly kind: 'date';
      readonly unix: number;
      readonly format: string;
      readonly fallback: string;
    }
  | { readonly kind: 'emoji'; readonly name: string };

export function readMrkdwn(text: string): readonly Piece[] {
  // `split` with a group puts the code blocks at the odd indexes.
  return text
    .split(/```\n?([\s\S]+?)```/)
    .flatMap((part, index) =>
      index % 2 === 1 ? [{ kind: 'pre' as const, text: plain(part) }] : quotes(part),
    );
}

/** Joins consecutive lines that begin with > into one quote. */
function quotes(text: string): readonly Piece[] {
  const groups: { readonly quoted: boolean; readonly lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(>|&gt;)/.test(line);
    const bare = quoted ? line.replace(/^(>|&gt;) ?/, '') : line;
    const last = groups.at(-1);
    if (last?.quoted === quoted) last.lines.push(bare);
    else groups.push({ quoted, lines: [bare] });
  }
  return groups.flatMap(({ quoted, lines }): readonly Piece[] => {
    const inside = inline(lines.join('\n'));
    return quoted ? [{ kind: 'quote', inside }] : inside;
  });
}

const TOKEN =
  /`(?<code>[^`\n]+)`|<(?<angle>[^<>\n]+)>|(?<![\p{L}\p{N}]):(?<emoji>[a-z0-9_+-]+):(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?<mark>[*_~])(?=\S)/gu;

function inline(text: string): readonly Piece[] {
  const token = new RegExp(TOKEN);
  const pieces: Piece[] = [];
  // Where a mark was looked for in vain, a later one of the line has no end either.
  const unended = new Map<string, number>();
  let done = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const { index, groups = {} } = found;
    const mark = groups['mark'];
    if (mark !== undefined) {
      const from = index + 1;
      if (from <= (unended.get(mark) ?? 0)) continue;
      const { end, line } = closing(text, mark, from);
      if (end === null) {
        unended.set(mark, line);
        continue;
      }
      token.lastIndex = end + 1;
      pieces.push(...words(text.slice(done, index)), marked(mark, text.slice(from, end)));
    } else {
      pieces.push(...words(text.slice(done, index)), piece(found[0], groups));
    }
    done = token.lastIndex;
  }
  return [...pieces, ...words(text.slice(done))];
}

/** Where such a mark ends on its line: after something that is not a space, and before no letter. */
function closing(
  text: string,
  mark: string,
  from: number,
): { readonly end: number | null; readonly line: number } {
  const newline = text.indexOf('\n', from);
  const line = newline === -1 ? text.length : newline;
  for (
    let at = text.indexOf(mark, from + 1);
    at !== -1 && at < line;
    at = text.indexOf(mark, at + 1)
  ) {
    if (/\S/.test(text.charAt(at - 1)) && !/^[\p{L}\p{N}]/u.test(text.slice(at + 1, at + 3))) {
      return { end: at, line };
    }
  }
  return { end: null, line };
}

type Groups = Readonly<Record<string, string | undefined>>;

const STYLE_BY_MARK: Readonly<Record<string, 'bold' | 'italic' | 'strike'>> = {
  '*': 'bold',
  _: 'italic',
  '~': 'strike',
};

function marked(mark: string, inside: string): Piece {
  const kind = STYLE_BY_MARK[mark];
  return kind === undefined
    ? { kind: 'text', text: plain(mark + inside + mark) }
    : { kind, inside: inline(inside) };
}

function piece(whole: string, groups: Groups): Piece {
  const { code, angle, emoji } = groups;
  if (code !== undefined) return { kind: 'code', text: plain(code) };
  if (angle !== undefined) return inAngles(angle);
  if (emoji !== undefined) return { kind: 'emoji', name: emoji };
  return { kind: 'text', text: plain(whole) };
}

function inAngles(inner: string): Piece {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = plain(bar === -1 ? '' : inner.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith('@')) return { kind: 'user', id, label };
  if (target.startsWith('#')) return { kind: 'channel', id, label };
  if (target.startsWith('!subteam^')) {
    return { kind: 'group', id: target.slice('!subteam^'.length), label };
  }
  if (target.startsWith('!date^')) {
    const [, unix = '0', format = '{date}'] = target.split('^');
    return { kind: 'date', unix: Number(unix), format, fallback: label };
  }
  if (target.startsWith('!')) return { kind: 'everyone', label: `@${id}` };
  return { kind: 'link', url: plain(target), label: label === '' ? plain(target) : label };
}

const words = (text: string): readonly Piece[] =>
  text === '' ? [] : [{ kind: 'text', text: plain(text) }];

/** Slack escapes only these three characters. */
const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
