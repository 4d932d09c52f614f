import { useScene, userName } from '../state/scene.js';

/** Colours told apart in light and dark; which one is by the id, so that it stays. */
const colours = 8;

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
    .map((it) => it.slice(0, 1).toUpperCase())
    .join('');
  const colour = Array.from(user).reduce((sum, it) => sum + (it.codePointAt(0) ?? 0), 0) % colours;
  const kind = isBot ? 'avatar-bot' : `avatar-${colour}`;
  return (
    <span class={`avatar ${kind} ${small ? 'small' : ''}`} aria-hidden="true">
      {isBot ? <img src="/icon.svg" alt="" /> : initials}
    </span>
  );
}
