import type { ShownSlack } from '../../src/sandbox/page/shown.js';
import { useScene } from '../state/scene.js';
import { Avatar } from './avatar.js';

interface Props {
  readonly unread: ShownSlack['unread'];
  readonly onBecome: (id: string) => void;
}

/** Radio buttons to choose whose Slack is shown. */
export function PersonSwitch({ unread, onBecome }: Props) {
  const { directory, as } = useScene();
  const current = directory.people.find((person) => person.id === as);
  return (
    <fieldset class="people">
      <legend class="hidden-words">You are</legend>
      <div class="people-row">
        {directory.people.map(({ id, name, role }) => (
          <label key={id} class={id === as ? 'person current' : 'person'}>
            <input
              type="radio"
              name="person"
              value={id}
              checked={id === as}
              onChange={() => {
                onBecome(id);
              }}
            />
            <Avatar user={id} />
            <span class="person-words">
              <span class="person-name">{name}</span>
              <span class="person-below">
                <span class="person-role">{role}</span>
                <Unread count={unread[id] ?? 0} />
              </span>
            </span>
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
