import { useEffect, useRef, useState } from 'preact/hooks';
import type { ShownConversation, ShownMessage } from '../../src/sandbox/page/shown.js';
import { useScene } from '../state/scene.js';
import { Composer } from './composer.js';
import { Message } from './message.js';

interface Props {
  readonly conversation: ShownConversation;
  readonly name: string;
}

/** Messages and the field under them. */
export function Conversation({ conversation, name }: Props) {
  const { act } = useScene();
  const { id, messages, unread, canPost } = conversation;
  const [thread, setThread] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const stays = useRef(true);
  useEffect(() => {
    if (unread > 0 && document.visibilityState === 'visible') {
      void act({ do: 'read', channel: id }, { quiet: true });
    }
  }, [id, unread]);
  useEffect(() => {
    const { current } = list;
    if (current !== null && stays.current) current.scrollTop = current.scrollHeight;
  }, [id, messages]);
  return (
    <>
      <div
        ref={list}
        class="messages"
        role="log"
        aria-label={`Messages in ${name}`}
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          stays.current = scrollHeight - scrollTop - clientHeight < nearEnd;
        }}
      >
        {messages.length === 0 && <p class="empty">Nothing has been said here yet.</p>}
        {threaded(messages).map((it) => (
          <Message
            key={it.ts}
            message={it}
            onReply={
              it.thread === null && !it.onlyYou && canPost
                ? () => {
                    setThread(it.ts);
                  }
                : null
            }
          />
        ))}
      </div>
      <Composer
        key={id}
        channel={id}
        name={name}
        thread={thread}
        onThreadEnd={() => {
          setThread(null);
        }}
      />
    </>
  );
}

/** Pixels from the end within which one is taken to read the newest. */
const nearEnd = 80;

/** Answers stand under what they answer. */
function threaded(messages: readonly ShownMessage[]): readonly ShownMessage[] {
  const known = new Set(messages.map((it) => it.ts));
  const isAnswer = (it: ShownMessage) => it.thread !== null && known.has(it.thread);
  return messages
    .filter((it) => !isAnswer(it))
    .flatMap((it) => [it, ...messages.filter((one) => one.thread === it.ts)]);
}
