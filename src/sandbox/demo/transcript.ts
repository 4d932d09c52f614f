import type { ZoneCall } from '../onezone/calls.js';
import type { SlackMessage } from '../slack/server.js';
import { blockWords } from './block-words.js';
import { channels, people } from './people.js';
import { terminalWords, wrapped } from './terminal-words.js';

/** A conversation as it is printed: who, where, and what was said or done. */
export interface Transcript {
  scene(title: string): void;
  types(name: string, text: string): void;
  /** What one would see but not read: a form, a click, the weather. */
  aside(text: string): void;
  desk(where: string, message: SlackMessage): void;
  calls(calls: readonly ZoneCall[]): void;
}

export interface Terminal {
  readonly print: (line: string) => void;
  readonly columns: number;
  readonly coloured: boolean;
}

const MAX_LINE_LENGTH = 96;

export function createTranscript({ print, columns, coloured }: Terminal): Transcript {
  const width = Math.min(columns, MAX_LINE_LENGTH);
  const bold = (text: string): string => (coloured ? `\u001b[1m${text}\u001b[22m` : text);
  const dim = (text: string): string => (coloured ? `\u001b[2m${text}\u001b[22m` : text);
  let scenes = 0;
  /** Something was typed: what comes of it stands right below. */
  let goesOn = false;

  function below(text: string, how: (line: string) => string = (line) => line): void {
    for (const line of wrapped(text, width - 2)) print(line === '' ? '' : `  ${how(line)}`);
  }

  return {
    scene: (title) => {
      scenes += 1;
      const heading = `${String(scenes)} · ${title}`;
      print(`\n${bold(heading)}\n${dim('─'.repeat(heading.length))}`);
    },
    types: (name, text) => {
      print(`\n${bold(name)} in #${channels.team.name}`);
      below(text);
      goesOn = true;
    },
    aside: (text) => {
      if (!goesOn) print('');
      goesOn = false;
      below(`(${text})`, dim);
    },
    desk: (where, { text, blocks }) => {
      print(`\n${bold('Handle Desk')} ${where}`);
      goesOn = false;
      below(terminalWords(blockWords(blocks) || text, nameOf));
    },
    calls: (calls) => {
      print(`\n${bold('Onezone')} is asked`);
      for (const call of calls) below(`${call.method} ${shortened(call.path)} → ${meaning(call)}`);
    },
  };
}

const nameOf = (id: string): string =>
  [...people, ...Object.values(channels)].find((known) => known.id === id)?.name ?? id;

/** Ids in a path are long, and here there are few of them. */
const shortened = (path: string): string =>
  path
    .replace(/^\/api\/v3\/onezone/, '…')
    .replace(/([0-9a-f]{6})[0-9a-f]{26}(ch[0-9a-f]{4})?/g, '$1…');

/** What these answers say (contract 2.3, 2.4), where they come after one another. */
function meaning({ method, status, path }: ZoneCall): string {
  const isRead = method === 'GET' && path.endsWith('/privileges');
  if (isRead && status === 404) return '404 not a member yet';
  if (isRead && status === 200) return '200 read back';
  if (method === 'GET' && status === 200) return '200 still there';
  if (method === 'PUT' && status === 201) return '201 added';
  if (method === 'POST' && status === 201) return '201 registered';
  return String(status);
}
