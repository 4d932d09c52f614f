import type { Directory } from '../../src/sandbox/page/shown.js';

/** Something that can be put in for the word under the cursor. */
export interface Completion {
  readonly key: string;
  readonly text: string;
  readonly note: string;
  /** What stands in the field afterwards. */
  readonly becomes: string;
  /** Whether Enter puts it in, also before one went to it with the arrow keys. */
  readonly first: boolean;
}

const most = 8;

/** Commands while the line is one word that begins with a slash; people after an @; what `/handle` knows after it. */
export function completions(directory: Directory, typed: string): readonly Completion[] {
  return [
    ...commands(directory, typed),
    ...words(directory, typed),
    ...mentions(directory, typed),
  ].slice(0, most);
}

function commands({ commands: all }: Directory, typed: string): readonly Completion[] {
  if (!/^\/\S*$/.test(typed)) return [];
  return all
    .filter((it) => it.command.startsWith(typed))
    .map(({ command, description, hint }) => ({
      key: command,
      text: `${command} ${hint}`.trim(),
      note: description,
      becomes: `${command} `,
      first: false,
    }));
}

/** The words of a usage hint: `[help | show NAME | mine]`. */
function words({ commands: all }: Directory, typed: string): readonly Completion[] {
  const [, name = '', word = ''] = /^(\/\S+) (\S*)$/.exec(typed) ?? [];
  const hint = all.find((it) => it.command === name)?.hint ?? '';
  if (!hint.includes('|')) return [];
  return hint
    .replace(/^\[|\]$/g, '')
    .split('|')
    .map((it) => it.trim())
    .filter((it) => it.startsWith(word) && it !== word)
    .map((it) => {
      const takesMore = /\s/.test(it);
      const [first = ''] = it.split(' ');
      const becomes = `${name} ${first}${takesMore ? ' ' : ''}`;
      return { key: it, text: it, note: '', becomes, first: false };
    });
}

function mentions({ users }: Directory, typed: string): readonly Completion[] {
  const [, before = '', part] = /^(.*(?:^|\s))@([\w.-]*)$/s.exec(typed) ?? [];
  if (part === undefined) return [];
  const wanted = part.toLowerCase();
  return users
    .filter((it) => !it.gone && `${it.handle} ${it.name}`.toLowerCase().includes(wanted))
    .filter((it) => !/\s/.test(it.handle) || it.bot)
    .map((it) => ({
      key: it.id,
      text: `@${it.handle}`,
      note: it.name,
      becomes: `${before}@${it.handle} `,
      first: true,
    }));
}
