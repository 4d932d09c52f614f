import { useEffect, useState } from 'preact/hooks';
import type { ShownSlack } from '../../src/sandbox/page/shown.js';
import { useScene } from '../state/scene.js';
import { Avatar } from './avatar.js';

interface Props {
  readonly unread: ShownSlack['unread'];
  readonly onBecome: (id: string) => void;
}

/** Whose Slack this is. */
export function PersonSwitch({ unread, onBecome }: Props) {
  const { directory, as } = useScene();
  // Marked at once; the screen follows when the server has drawn it.
  const [meant, setMeant] = useState(as);
  useEffect(() => {
    setMeant(as);
  }, [as]);
  const current = directory.people.find((it) => it.id === as);
  return (
    <fieldset class="people">
      <legend class="hidden-words">You are</legend>
      <div class="people-row">
        {directory.people.map(({ id, name, role }) => (
          <label key={id} class={id === meant ? 'person current' : 'person'}>
            <input
              type="radio"
              name="person"
              value={id}
              checked={id === meant}
              onChange={() => {
                setMeant(id);
                onBecome(id);
              }}
            />
            <Avatar user={id} />
            <span class="person-words">
              <span class="person-name">{name}</span>
              <span class="person-role">{role}</span>
            </span>
            <Unread count={unread[id] ?? 0} />
          </label>
        ))}
      </div>
      <p class="person-does">
        You are <strong>{current?.name}</strong>, who {current?.does}.
      </p>
    </fieldset>
  );
}

export function Unread({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <span class="unread">
      {count}
      <span class="hidden-words"> unread</span>
    </span>
  );
}
