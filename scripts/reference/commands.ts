import { parse } from 'yaml';
import { z } from 'zod';
import { changes } from '../../src/changes/index.js';
import { manifest } from '../../src/manifest.js';
import { commandsOf } from '../../src/queries/index.js';
import { cell, page, table } from './markdown.js';

const App = z.object({
  features: z.object({
    slash_commands: z.array(
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string() }),
    ),
    shortcuts: z.array(z.object({ name: z.string(), type: z.string(), description: z.string() })),
  }),
});

/** What can be typed and chosen in Slack. */
export function commandsPage(): string {
  const { features } = App.parse(parse(manifest('socket')));
  return page(
    'Commands in Slack',
    'the tables in `src/changes` and `src/queries`, and the manifest',
    `What is typed after \`/handle\`. \`/handle help\` lists only what you may do. SERVICE is a name, or an id where two services have the same
name; what is left out, the form asks for. The policy's [\`actions\`](policy.md) say who may.`,
    table(
      ['typed', 'what it does', 'allowed by'],
      commandsOf(changes).map(({ usage, summary, needs }) => [
        `\`/handle ${usage.replaceAll('|', '\\|')}\``,
        cell(summary),
        needs === null ? 'every member' : `\`${needs}\``,
      ]),
    ),
    '## Commands and shortcuts of the app',
    table(
      ['command or shortcut', 'what it does'],
      [
        ...features.slash_commands
          .filter(({ command }) => command !== '/handle')
          .map(({ command, usage_hint: hint, description }) => [
            `\`${command} ${hint}\``,
            cell(description),
          ]),
        ...features.shortcuts.map(({ name, type, description }) => [
          `_${name}_ (${type === 'global' ? 'in the menu of shortcuts' : 'in the menu of a message'})`,
          cell(description),
        ]),
      ],
    ),
  );
}
