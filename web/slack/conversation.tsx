import { useEffect, useRef } from 'preact/hooks';
import type { ShownConversation, ShownMessage } from '../../src/sandbox/page/shown.js';
import { useRemembered } from '../state/remembered.js';
import { useScene } from '../state/scene.js';
import { Composer } from './composer.js';
import { Message } from './message.js';

interface Props {
  readonly id: string;
  /** Null: still loading. One can already write, so that nothing typed is lost. */
  readonly conversation: ShownConversation | null;
  readonly name: string;
}

/** Messages and composer. Callers key it by person and channel, to which a draft belongs. */
export function Conversation({ id, conversation, name }: Props) {
  const { as, act } = useScene();
  const { messages, unread, canPost } = conversation ?? NO_MESSAGES;
  const [draftThread, setDraftThread] = useRemembered(`draft-thread.${as}.${id}`, '', 'session');
  // After a restart of the sandbox the stored thread no longer exists.
  const thread = messages.some(({ ts }) => ts === draftThread) ? draftThread : null;
  const list = useRef<HTMLDivElement>(null);
  const stays = useRef(true);
  useEffect(() => {
    if (unread > 0 && document.visibilityState === 'visible') {
      void act({ do: 'read', channel: id }, { quiet: true });
    }
  }, [id, unread]);
  const toEnd = (): void => {
    const { current } = list;
    if (current !== null && stays.current) current.scrollTop = current.scrollHeight;
  };
  useEffect(toEnd, [id, messages]);
  useEffect(() => {
    const { current } = list;
    if (current === null) return undefined;
    // What appears beside the list makes it smaller; the newest message stays in view.
    const sizes = new ResizeObserver(toEnd);
    sizes.observe(current);
    return () => {
      sizes.disconnect();
    };
  }, [id]);
  return (
    <>
      <div
        ref={list}
        class="messages"
        role="log"
        aria-label={`Messages in ${name}`}
        aria-busy={conversation === null}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          stays.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
        }}
      >
        {conversation !== null && messages.length === 0 && (
          <p class="empty">Nothing has been said here yet.</p>
        )}
        {threaded(messages).map((message) => (
          <Message
            key={message.ts}
            message={message}
            onReply={
              message.thread === null && !message.onlyYou && canPost
                ? () => {
                    setDraftThread(message.ts);
                  }
                : null
            }
          />
        ))}
      </div>
      <Composer
        channel={id}
        name={name}
        thread={thread}
        onThreadEnd={() => {
          setDraftThread('');
        }}
      />
    </>
  );
}

const NO_MESSAGES = { messages: [], unread: 0, canPost: false } as const;

/** Nearer to the end than this, the view follows new messages. */
const NEAR_END_PX = 80;

/** Puts replies under their parent message. */
function threaded(messages: readonly ShownMessage[]): readonly ShownMessage[] {
  const known = new Set(messages.map((message) => message.ts));
  const isAnswer = (message: ShownMessage) => message.thread !== null && known.has(message.thread);
  return messages
    .filter((message) => !isAnswer(message))
    .flatMap((message) => [message, ...messages.filter((one) => one.thread === message.ts)]);
}
