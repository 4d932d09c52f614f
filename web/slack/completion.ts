import type { Directory } from '../../src/sandbox/page/shown.js';

export interface Completion {
  readonly key: string;
  readonly text: string;
  readonly note: string;
  /** Content of the field after it was chosen. */
  readonly becomes: string;
  /** Whether Enter chooses it even if the arrow keys were not used. */
  readonly first: boolean;
}

/** Enough for every word of `/handle`. */
const MAX_COMPLETIONS = 12;

/** Completes commands, the subcommands of a usage hint, and people after an @. */
export function completions(directory: Directory, typed: string): readonly Completion[] {
  return [
    ...commands(directory, typed),
    ...words(directory, typed),
    ...mentions(directory, typed),
  ].slice(0, MAX_COMPLETIONS);
}

function commands({ commands: all }: Directory, typed: string): readonly Completion[] {
  if (!/^\/\S*$/.test(typed)) return [];
  return all
    .filter((command) => command.command.startsWith(typed))
    .map(({ command, description, hint }) => ({
      key: command,
      text: `${command} ${hint}`.trim(),
      note: description,
      becomes: `${command} `,
      first: false,
    }));
}

/** Subcommands from a usage hint such as `[help | show NAME | mine]`. */
function words({ commands: all }: Directory, typed: string): readonly Completion[] {
  const [, name = '', word = ''] = /^(\/\S+) (\S*)$/.exec(typed) ?? [];
  const hint = all.find((command) => command.command === name)?.hint ?? '';
  if (!hint.includes('|')) return [];
  return hint
    .replace(/^\[|\]$/g, '')
    .split('|')
    .map((usage) => usage.trim())
    .filter((usage) => usage.startsWith(word) && usage !== word)
    .map((usage) => {
      const takesMore = /\s/.test(usage);
      const [first = ''] = usage.split(' ');
      const becomes = `${name} ${first}${takesMore ? ' ' : ''}`;
      return { key: usage, text: usage, note: '', becomes, first: false };
    });
}

function mentions({ users }: Directory, typed: string): readonly Completion[] {
  const [, before = '', part] = /^(.*(?:^|\s))@([\w.-]*)$/s.exec(typed) ?? [];
  if (part === undefined) return [];
  const wanted = part.toLowerCase();
  return users
    .filter((user) => !user.gone && `${user.handle} ${user.name}`.toLowerCase().includes(wanted))
    .filter((user) => !/\s/.test(user.handle) || user.bot)
    .map((user) => ({
      key: user.id,
      text: `@${user.handle}`,
      note: user.name,
      becomes: `${before}@${user.handle} `,
      first: true,
    }));
}
