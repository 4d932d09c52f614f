import { Words } from './choice-list.js';
import { IconText } from './icon-text.js';
import type { BlockOf } from './schema.js';

type Level = BlockOf<'alert'>['level'];

/** `word`: what the colour and the icon say, for those who do not see them. */
const LOOKS: Readonly<Record<Level, { readonly icon: string; readonly word: string }>> = {
  default: { icon: 'ℹ', word: 'Note' },
  info: { icon: 'ℹ', word: 'Note' },
  warning: { icon: '⚠', word: 'Warning' },
  error: { icon: '⛔', word: 'Error' },
  success: { icon: '✅', word: 'Done' },
};

/** Slack's `alert` block: a notice in the colour of its level. */
export function Alert({ text, level }: Pick<BlockOf<'alert'>, 'text' | 'level'>) {
  const { icon, word } = LOOKS[level];
  return (
    <p class={`block-alert alert-${level}`}>
      <span aria-hidden="true">
        <IconText text={icon} />
      </span>
      <span class="hidden-words">{word}: </span>
      <span class="alert-words">
        <Words text={text} />
      </span>
    </p>
  );
}
