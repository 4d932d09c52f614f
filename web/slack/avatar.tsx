import { useScene, userName } from '../state/scene.js';

/** Number of `avatar-N` classes in the CSS. */
const COLOUR_COUNT = 8;

export function Avatar({
  user,
  small = false,
}: {
  readonly user: string;
  readonly small?: boolean;
}) {
  const { directory } = useScene();
  const name = userName(directory, user);
  const isBot = user === directory.bot.user;
  const initials = name
    .split(/[\s.]+/)
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
  const colour =
    Array.from(user).reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) %
    COLOUR_COUNT;
  const kind = isBot ? 'avatar-bot' : `avatar-${colour}`;
  return (
    <span class={`avatar ${kind} ${small ? 'small' : ''}`} aria-hidden="true">
      {isBot ? <img src="/icon.svg" alt="" /> : initials}
    </span>
  );
}
