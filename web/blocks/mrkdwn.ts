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
  /`(?<code>[^`\n]+)`|<(?<angle>[^<>\n]+)>|(?<![\p{L}\p{N}]):(?<emoji>[a-z0-9_+-]+):(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?<mark>[*_~])(?<inside>(?!\s)[^\n]*?\S)\k<mark>(?![\p{L}\p{N}])/u;

function inline(text: string): readonly Piece[] {
  const found = TOKEN.exec(text);
  if (found === null) return words(text);
  const before = words(text.slice(0, found.index));
  const after = inline(text.slice(found.index + found[0].length));
  return [...before, piece(found[0], found.groups ?? {}), ...after];
}

type Groups = Readonly<Record<string, string | undefined>>;

const STYLE_BY_MARK: Readonly<Record<string, 'bold' | 'italic' | 'strike'>> = {
  '*': 'bold',
  _: 'italic',
  '~': 'strike',
};

function piece(whole: string, groups: Groups): Piece {
  const { code, angle, emoji, mark, inside } = groups;
  if (code !== undefined) return { kind: 'code', text: plain(code) };
  if (angle !== undefined) return inAngles(angle);
  if (emoji !== undefined) return { kind: 'emoji', name: emoji };
  const kind = STYLE_BY_MARK[mark ?? ''];
  return kind === undefined || inside === undefined
    ? { kind: 'text', text: plain(whole) }
    : { kind, inside: inline(inside) };
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
