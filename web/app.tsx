import { useEffect, useState } from 'preact/hooks';
import { Tabs } from './parts/tabs.js';
import { ThemeSwitch } from './parts/theme-switch.js';
import { Tour } from './parts/tour.js';
import { SlackPane } from './slack/pane.js';
import { useLive, type Live } from './state/live.js';
import { useRemembered } from './state/remembered.js';
import { SceneContext, type Scene } from './state/scene.js';
import { act } from './state/api.js';
import { ZonePane } from './zone/pane.js';

export function App() {
  const [chosen, setChosen] = useRemembered('as', '', 'session');
  const { live, connection } = useLive(chosen === '' ? null : chosen);
  const isLost = connection === 'lost';
  if (live === null)
    return <p class="empty">{isLost ? CONNECTION_LOST : 'Looking at the sandbox…'}</p>;
  return (
    <>
      {isLost && (
        <p class="lost" role="alert">
          {CONNECTION_LOST}
        </p>
      )}
      <World live={live} onBecome={setChosen} />
    </>
  );
}

const CONNECTION_LOST =
  'The sandbox does not answer. This page goes on as soon as it is there again.';

interface Props {
  readonly live: Live;
  readonly onBecome: (id: string) => void;
}

function World({ live, onBecome }: Props) {
  const { as, unread } = live;
  const [trouble, setTrouble] = useState<{ readonly of: string; readonly text: string } | null>(
    null,
  );
  const [side, setSide] = useState<'slack' | 'zone'>('slack');
  const [tourState, setTourState] = useRemembered('tour', live.tour.open ? 'open' : 'closed');
  const [skipped, setSkipped] = useRemembered('tour-skipped', '0');
  const scene: Scene = {
    as,
    directory: live.directory,
    act: async (doing, how) => {
      const done = await act({ ...doing, as });
      if (how?.quiet !== true) {
        setTrouble(done.trouble === null ? null : { of: as, text: done.trouble });
      }
      return done;
    },
  };
  const news = unread[as] ?? 0;
  useEffect(() => {
    document.title = `${news > 0 ? `(${news}) ` : ''}Handle Desk sandbox`;
  }, [news]);
  const isTouring = tourState === 'open';
  return (
    <SceneContext.Provider value={scene}>
      <header class="top">
        <h1>
          <img src="/icon.svg" alt="" /> Handle Desk <small>sandbox</small>
        </h1>
        <p class="top-note">
          The real bot between a small Slack and a small Onezone, all on this machine
        </p>
        {!isTouring && (
          <button
            type="button"
            class="button quiet"
            onClick={() => {
              setTourState('open');
            }}
          >
            Guided tour
          </button>
        )}
        <ThemeSwitch />
      </header>
      {isTouring && (
        <Tour
          tour={live.tour}
          skippedTo={Number(skipped)}
          onSkip={(to) => {
            setSkipped(String(to));
          }}
          onClose={() => {
            setTourState('closed');
          }}
          onBecome={onBecome}
        />
      )}
      <Sides side={side} onGo={setSide} />
      <main id="side-panel" class={`sides show-${side}`}>
        <SlackPane
          slack={live.slack}
          unread={unread}
          tour={isTouring ? live.tour : null}
          trouble={trouble?.of === as ? trouble.text : null}
          onTroubleEnd={() => {
            setTrouble(null);
          }}
          onBecome={onBecome}
        />
        <ZonePane live={live} />
      </main>
    </SceneContext.Provider>
  );
}

/** Tabs for narrow screens, which have room for one side only. */
function Sides(given: {
  readonly side: 'slack' | 'zone';
  readonly onGo: (side: 'slack' | 'zone') => void;
}) {
  const tabs = [
    { key: 'slack', text: 'Slack' },
    { key: 'zone', text: 'Onezone and the record' },
  ] as const;
  return (
    <div class="side-tabs">
      <Tabs label="Sides" name="side" tabs={tabs} current={given.side} onGo={given.onGo} />
    </div>
  );
}
