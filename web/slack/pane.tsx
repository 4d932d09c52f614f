import { useState } from 'preact/hooks';
import type { ShownConversation, ShownSlack, Tour } from '../../src/sandbox/page/shown.js';
import { Modal } from '../modal/modal.js';
import { useScene } from '../state/scene.js';
import { Conversation } from './conversation.js';
import { HomeTab } from './home-tab.js';
import { PersonSwitch } from './person-switch.js';
import { Sidebar, type Place } from './sidebar.js';

interface Props {
  readonly slack: ShownSlack;
  readonly tour: Tour | null;
  readonly trouble: string | null;
  readonly onTroubleEnd: () => void;
  readonly onBecome: (id: string) => void;
}

/** The small Slack. */
export function SlackPane({ slack, tour, trouble, onTroubleEnd, onBecome }: Props) {
  const { act, as, directory } = useScene();
  const [places, setPlaces] = useState<Readonly<Record<string, Place>>>({});
  const place = places[as] ?? firstPlace(slack);
  const go = (next: Place): void => {
    setPlaces({ ...places, [as]: next });
    if (next === 'home') void act({ do: 'home' }, { quiet: true });
    if (next === 'direct') void act({ do: 'messages' }, { quiet: true });
  };
  const modal = slack.modals.at(-1);
  return (
    <section class="slack" aria-label="Slack">
      <PersonSwitch unread={slack.unread} onBecome={onBecome} />
      <div class="workspace">
        <div class="workspace-under" inert={modal !== undefined}>
          <Sidebar slack={slack} place={place} onGo={go} />
          <div class="channel">
            {typeof place === 'string' ? (
              <App slack={slack} place={place} onGo={go} />
            ) : (
              <Channel conversation={slack.conversations.find((it) => it.id === place.channel)} />
            )}
          </div>
        </div>
        {modal !== undefined && (
          <Modal
            key={modal.id}
            modal={modal}
            under={slack.modals.length - 1}
            example={modal.callback === 'register_form' && tour !== null && tour.at === 0}
          />
        )}
        {trouble !== null && (
          <p class="trouble" role="alert">
            <span>{trouble}</span>
            <button type="button" class="button quiet" aria-label="Dismiss" onClick={onTroubleEnd}>
              ✕
            </button>
          </p>
        )}
      </div>
      <p class="hidden-words" aria-live="polite">
        You are {directory.people.find((it) => it.id === as)?.name}.
      </p>
    </section>
  );
}

function firstPlace({ conversations }: ShownSlack): Place {
  const [first] = conversations.filter((it) => it.kind !== 'im');
  return first === undefined ? 'direct' : { channel: first.id };
}

function Channel({ conversation }: { readonly conversation: ShownConversation | undefined }) {
  if (conversation === undefined) return <p class="empty">This channel is not there any more.</p>;
  const { name, kind, canPost } = conversation;
  return (
    <>
      <header class="channel-head">
        <h2>
          <span aria-hidden="true">{kind === 'private' ? '🔒︎ ' : '# '}</span>
          {name}
        </h2>
        {!canPost && <small>You are not in this channel.</small>}
      </header>
      <Conversation key={conversation.id} conversation={conversation} name={`#${name}`} />
    </>
  );
}

interface AppProps {
  readonly slack: ShownSlack;
  readonly place: 'home' | 'direct';
  readonly onGo: (place: Place) => void;
}

function App({ slack, place, onGo }: AppProps) {
  const { directory } = useScene();
  const direct = slack.conversations.find((it) => it.kind === 'im');
  return (
    <>
      <header class="channel-head">
        <h2>{directory.bot.name}</h2>
        <div class="tabs" role="group" aria-label="Parts of the app">
          {(['home', 'direct'] as const).map((it) => (
            <button
              key={it}
              type="button"
              aria-pressed={place === it}
              onClick={() => {
                onGo(it);
              }}
            >
              {it === 'home' ? 'Home' : 'Messages'}
            </button>
          ))}
        </div>
      </header>
      {place === 'home' ? (
        <HomeTab home={slack.home} />
      ) : direct === undefined ? (
        <p class="empty">Nothing has been said here yet.</p>
      ) : (
        <Conversation key={direct.id} conversation={direct} name={directory.bot.name} />
      )}
    </>
  );
}
