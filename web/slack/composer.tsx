import { useId, useRef, useState } from 'preact/hooks';
import { Menu } from '../parts/menu.js';
import { useScene } from '../state/scene.js';
import { completions, type Completion } from './completion.js';

interface Props {
  readonly channel: string;
  readonly name: string;
  /** The message that is answered; null: none. */
  readonly thread: string | null;
  readonly onThreadEnd: () => void;
}

/** The message field: Enter sends, / and @ complete. */
export function Composer({ channel, name, thread, onThreadEnd }: Props) {
  const { directory, act } = useScene();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [shut, setShut] = useState(false);
  const found = shut ? [] : completions(directory, text);
  const active = found[Math.min(at, found.length - 1)];

  const type = (typed: string): void => {
    setText(typed);
    setAt(0);
    setShut(false);
  };
  const complete = (it: Completion): void => {
    type(it.becomes);
    field.current?.focus();
  };
  const send = (): void => {
    const line = text.trim();
    if (line === '') return;
    type('');
    const answering = thread === null || line.startsWith('/') ? {} : { thread };
    // When a command fails, Slackbot says so in the channel.
    const quiet = directory.commands.some((it) => line.split(' ')[0] === it.command);
    void act({ do: 'type', channel, text: line, ...answering }, { quiet });
    onThreadEnd();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isMeant = active !== undefined && active.becomes.trim() !== text.trim();
    if (event.key === 'Enter') {
      event.preventDefault();
      if (isMeant && (at > 0 || active.first)) complete(active);
      else send();
    } else if (event.key === 'Tab' && isMeant && !event.shiftKey) {
      event.preventDefault();
      complete(active);
    } else if (event.key === 'Escape' && found.length > 0) {
      event.stopPropagation();
      setShut(true);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found.length > 0) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((at + step + found.length) % found.length);
    }
  };
  return (
    <div class="composer">
      {thread !== null && (
        <p class="composer-thread">
          Answering in a thread{' '}
          <button type="button" class="button quiet" onClick={onThreadEnd}>
            Stop
          </button>
        </p>
      )}
      {found.length > 0 && (
        <ul id={list} class="completions" role="listbox" aria-label="Completions">
          {found.map((it) => (
            <li
              key={it.key}
              id={`${list}-${it.key}`}
              role="option"
              aria-selected={it === active}
              class={it === active ? 'active' : ''}
              onMouseDown={(event) => {
                event.preventDefault();
                complete(it);
              }}
            >
              <span>{it.text}</span>
              <small>{it.note}</small>
            </li>
          ))}
        </ul>
      )}
      <div class="composer-box">
        <Menu
          face="⚡"
          label="Shortcuts"
          up
          items={directory.shortcuts.map((it) => ({
            key: it.id,
            text: it.name,
            note: it.description,
          }))}
          onPick={(id) => void act({ do: 'shortcut', id })}
        />
        <input
          ref={field}
          type="text"
          role="combobox"
          autocomplete="off"
          aria-label={`Message to ${name}`}
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={active === undefined ? undefined : `${list}-${active.key}`}
          placeholder={`Message ${name}, or type / for a command`}
          value={text}
          onInput={({ currentTarget }) => {
            type(currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <button type="button" class="button primary send" aria-label="Send message" onClick={send}>
          ➤
        </button>
      </div>
    </div>
  );
}
