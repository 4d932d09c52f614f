import type { ShownSlack } from '../../src/sandbox/page/shown.js';
import { Blocks } from '../blocks/blocks.js';
import { SurfaceContext } from '../blocks/surface.js';
import { useScene } from '../state/scene.js';

/** The app's Home tab, as the bot published it for this person. */
export function HomeTab({ home }: { readonly home: ShownSlack['home'] }) {
  const { act } = useScene();
  if (home === null) return <p class="empty">The bot has not drawn this tab yet.</p>;
  return (
    <div class="home-tab" tabIndex={0} role="region" aria-label="Home">
      <SurfaceContext.Provider
        value={{
          on: 'home',
          values: home.values,
          send: async (block, action, value) => {
            const chosen = value === undefined ? {} : { value };
            await act({ do: 'click', on: 'home', block, action, ...chosen });
          },
        }}
      >
        <Blocks blocks={home.blocks} />
      </SurfaceContext.Provider>
    </div>
  );
}
