import type { ShownSlack } from '../../src/sandbox/page/shown.js';
import { useScene } from '../state/scene.js';
import { Unread } from './person-switch.js';

/** A channel by its id, or one of the two tabs of the app. */
export type View = 'home' | 'direct' | { readonly channel: string };

interface Props {
  readonly conversations: ShownSlack['conversations'];
  readonly view: View;
  readonly onGo: (view: View) => void;
}

/** The workspace: its channels and the app. */
export function Sidebar({ conversations, view, onGo }: Props) {
  const { directory } = useScene();
  const direct = conversations.find((conversation) => conversation.kind === 'im');
  const channel = typeof view === 'string' ? null : view.channel;
  return (
    <nav class="sidebar" aria-label="Channels and apps">
      <p class="team">{directory.team}</p>
      <h2>Channels</h2>
      <ul>
        {conversations
          .filter((conversation) => conversation.kind !== 'im')
          .map(({ id, name, kind, unread }) => (
            <li key={id}>
              <button
                type="button"
                class={unread > 0 ? 'news' : ''}
                aria-current={id === channel ? 'page' : undefined}
                onClick={() => {
                  onGo({ channel: id });
                }}
              >
                <span class="channel-name">
                  <span aria-hidden="true">{kind === 'private' ? '🔒︎ ' : '# '}</span>
                  {name}
                </span>
                <Unread count={unread} />
              </button>
            </li>
          ))}
      </ul>
      <h2>Apps</h2>
      <ul>
        <li>
          <button
            type="button"
            class={(direct?.unread ?? 0) > 0 ? 'news' : ''}
            aria-current={channel === null ? 'page' : undefined}
            onClick={() => {
              onGo('direct');
            }}
          >
            <span class="channel-name">{directory.bot.name}</span>
            <Unread count={direct?.unread ?? 0} />
          </button>
        </li>
      </ul>
    </nav>
  );
}
