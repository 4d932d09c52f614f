import type { ShownMessage } from '../../src/sandbox/page/shown.js';
import { Blocks } from '../blocks/blocks.js';
import { Mrkdwn } from '../blocks/pieces.js';
import { SurfaceContext } from '../blocks/surface.js';
import { useScene, userName } from '../state/scene.js';
import { Avatar } from './avatar.js';

interface Props {
  readonly message: ShownMessage;
  readonly onReply: (() => void) | null;
}

export function Message({ message, onReply }: Props) {
  const { directory, act } = useScene();
  const { user, ts, bot, edited, onlyYou, values, channel, thread } = message;
  const at = new Date(Number(ts.split('.')[0]) * 1000);
  return (
    <article class={`message ${onlyYou ? 'only-you' : ''} ${thread === null ? '' : 'reply'}`}>
      <Avatar user={user} />
      <div class="message-body">
        {onlyYou && (
          <p class="message-note">
            <Eye /> Only visible to you
          </p>
        )}
        <p class="message-head">
          <span class="message-user">{userName(directory, user)}</span>
          {bot && <span class="badge">APP</span>}
          <time dateTime={at.toISOString()}>
            {at.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })}
          </time>
        </p>
        <SurfaceContext.Provider
          value={{
            on: { channel, ts, edited },
            values,
            send: async (block, action, value) => {
              const chosen = value === undefined ? {} : { value };
              await act({ do: 'click', on: { channel, ts, edited }, block, action, ...chosen });
            },
          }}
        >
          <Content message={message} />
        </SurfaceContext.Provider>
        {edited !== null && <span class="message-edited">(edited)</span>}
        {onReply !== null && (
          <button type="button" class="reply-button" onClick={onReply}>
            Reply
          </button>
        )}
      </div>
    </article>
  );
}

const Eye = () => (
  <svg class="eye" viewBox="0 0 16 16" aria-hidden="true">
    <path d="M1 8c1.8-3 4.1-4.5 7-4.5S13.2 5 15 8c-1.8 3-4.1 4.5-7 4.5S2.8 11 1 8z" />
    <circle cx="8" cy="8" r="2" />
  </svg>
);

/** For people's messages `text` is complete; only the bot's need their blocks. */
function Content({ message: { bot, blocks, text } }: { readonly message: ShownMessage }) {
  if (bot && blocks.length > 0) return <Blocks blocks={blocks} />;
  return (
    <p class="message-text">
      <Mrkdwn text={text} />
    </p>
  );
}
