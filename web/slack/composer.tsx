import { useId, useRef, useState } from 'preact/hooks';
import { Menu } from '../parts/menu.js';
import { useRemembered } from '../state/remembered.js';
import { useScene } from '../state/scene.js';
import { completions, type Completion } from './completion.js';

interface Props {
  readonly channel: string;
  readonly name: string;
  /** `ts` of the message to reply to; null: a new message. */
  readonly thread: string | null;
  readonly onThreadEnd: () => void;
}

/** The message field. Enter sends; / and @ open completions. */
export function Composer({ channel, name, thread, onThreadEnd }: Props) {
  const { as, directory, act } = useScene();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useRemembered(`draft.${as}.${channel}`, '', 'session');
  const [at, setAt] = useState(0);
  const [isDismissed, setDismissed] = useState(false);
  const found = isDismissed ? [] : completions(directory, text);
  const active = found[Math.min(at, found.length - 1)];

  const type = (typed: string): void => {
    setText(typed);
    setAt(0);
    setDismissed(false);
  };
  const complete = (completion: Completion): void => {
    type(completion.becomes);
    field.current?.focus();
  };
  const send = (): void => {
    const line = text.trim();
    if (line === '') return;
    type('');
    const answering = thread === null || line.startsWith('/') ? {} : { thread };
    // Slackbot reports a failed command in the channel.
    const quiet = directory.commands.some((command) => line.split(' ')[0] === command.command);
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
      setDismissed(true);
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
          {found.map((completion) => (
            <li
              key={completion.key}
              id={`${list}-${completion.key}`}
              role="option"
              aria-selected={completion === active}
              class={completion === active ? 'active' : ''}
              onMouseDown={(event) => {
                event.preventDefault();
                complete(completion);
              }}
            >
              <span>{completion.text}</span>
              <small>{completion.note}</small>
            </li>
          ))}
        </ul>
      )}
      <div class="composer-box">
        <Menu
          face="⚡"
          label="Shortcuts"
          up
          items={directory.shortcuts.map((shortcut) => ({
            key: shortcut.id,
            text: shortcut.name,
            note: shortcut.description,
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
