import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.js';
import { page } from './markdown.js';

const WIDTH = 110;

/** The help of every command, as it is printed. */
export function cliPage(): string {
  return page(
    'The command line',
    'the help of `handle-desk`',
    `\`npx handle-desk\` and a command, in the folder of the project, after \`npm run build\`. Settings come from the environment and from \`.env\`; see
[settings](settings.md). What the exit codes mean stands below each command, and together in
[troubleshooting](../troubleshooting.md#exit-codes).`,
    ...chapters(createProgram(), []),
  );
}

function chapters(command: Command, above: readonly string[]): readonly string[] {
  const path = [...above, command.name()];
  const title = path.slice(1).join(' ');
  const below = command.commands.filter((it) => it.name() !== 'help');
  return [
    ...(title === '' ? [] : [`## ${title}`]),
    `\`\`\`text\n${helpOf(command).trim()}\n\`\`\``,
    ...below.flatMap((it) => chapters(it, path)),
  ];
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (more) => {
      text += more;
    },
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return text;
}
