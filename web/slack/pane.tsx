import { useState } from 'preact/hooks';
import type { ShownSlack, Tour } from '../../src/sandbox/page/shown.js';
import { Modal } from '../modal/modal.js';
import { useScene } from '../state/scene.js';
import { Conversation } from './conversation.js';
import { HomeTab } from './home-tab.js';
import { PersonSwitch } from './person-switch.js';
import { Sidebar, type View } from './sidebar.js';

interface Props {
  /** Null until this person's first screen has arrived. */
  readonly slack: ShownSlack | null;
  readonly unread: ShownSlack['unread'];
  readonly tour: Tour | null;
  readonly trouble: string | null;
  readonly onTroubleEnd: () => void;
  readonly onBecome: (id: string) => void;
}

/** The left side: the sandbox's Slack. */
export function SlackPane({ slack, unread, tour, trouble, onTroubleEnd, onBecome }: Props) {
  const { act, as, directory } = useScene();
  const [views, setViews] = useState<Readonly<Record<string, View>>>({});
  const person = directory.people.find(({ id }) => id === as);
  const view = views[as] ?? startView(person?.startChannel ?? null);
  const go = (next: View): void => {
    setViews({ ...views, [as]: next });
    if (next === 'home') void act({ do: 'home' }, { quiet: true });
    if (next === 'direct') void act({ do: 'messages' }, { quiet: true });
  };
  const modals = slack?.modals ?? [];
  const modal = modals.at(-1);
  return (
    <section class="slack" aria-label="Slack">
      <PersonSwitch unread={unread} onBecome={onBecome} />
      {trouble !== null && (
        <p class="trouble" role="alert">
          <span>{trouble}</span>
          <button type="button" class="button quiet" aria-label="Dismiss" onClick={onTroubleEnd}>
            ✕
          </button>
        </p>
      )}
      <div class="workspace">
        <div class="workspace-under" inert={modal !== undefined}>
          <Sidebar conversations={slack?.conversations ?? []} view={view} onGo={go} />
          <div class="channel">
            {typeof view === 'string' ? (
              <App slack={slack} view={view} onGo={go} />
            ) : (
              <Channel slack={slack} id={view.channel} />
            )}
          </div>
        </div>
        {modal !== undefined && (
          <Modal
            key={modal.id}
            modal={modal}
            under={modals.length - 1}
            example={modal.callback === 'form:register' && tour !== null && tour.at === 0}
          />
        )}
      </div>
      <p class="hidden-words" aria-live="polite">
        You are {person?.name}.
      </p>
    </section>
  );
}

const startView = (channel: string | null): View => (channel === null ? 'direct' : { channel });

interface ChannelProps {
  readonly slack: ShownSlack | null;
  readonly id: string;
}

function Channel({ slack, id }: ChannelProps) {
  const { as, directory } = useScene();
  const conversation = slack?.conversations.find((candidate) => candidate.id === id) ?? null;
  if (slack !== null && conversation === null) {
    return <p class="empty">This channel is not there any more.</p>;
  }
  const name = directory.channels.find((channel) => channel.id === id)?.name ?? id;
  return (
    <>
      <header class="channel-head">
        <h2>
          <span aria-hidden="true">{conversation?.kind === 'private' ? '🔒︎ ' : '# '}</span>
          {name}
        </h2>
        {conversation?.canPost === false && <small>You are not in this channel.</small>}
      </header>
      <Conversation key={`${as} ${id}`} id={id} conversation={conversation} name={`#${name}`} />
    </>
  );
}

interface AppProps {
  readonly slack: ShownSlack | null;
  readonly view: 'home' | 'direct';
  readonly onGo: (view: View) => void;
}

function App({ slack, view, onGo }: AppProps) {
  const { as, directory } = useScene();
  const direct = slack?.conversations.find((conversation) => conversation.kind === 'im');
  return (
    <>
      <header class="channel-head">
        <h2>{directory.bot.name}</h2>
        <div class="tabs" role="group" aria-label="Parts of the app">
          {(['home', 'direct'] as const).map((tab) => (
            <button
              key={tab}
              type="button"
              aria-pressed={view === tab}
              onClick={() => {
                onGo(tab);
              }}
            >
              {tab === 'home' ? 'Home' : 'Messages'}
            </button>
          ))}
        </div>
      </header>
      {view === 'home' ? (
        slack !== null && <HomeTab home={slack.home} />
      ) : direct === undefined ? (
        <p class="empty">{slack === null ? '' : 'Nothing has been said here yet.'}</p>
      ) : (
        <Conversation
          key={`${as} ${direct.id}`}
          id={direct.id}
          conversation={direct}
          name={directory.bot.name}
        />
      )}
    </>
  );
}
