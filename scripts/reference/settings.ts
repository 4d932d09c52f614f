import { readFileSync } from 'node:fs';
import { SECRETS, VARIABLES } from '../../src/config.js';
import { cell, page, table } from './markdown.js';

interface Setting {
  readonly name: string;
  /** The default or an example; empty: it has none. */
  readonly value: string;
  readonly about: string;
}

/** Every variable, as `.env.example` explains it. */
export function settingsPage(): string {
  const chapters = chaptersOf(readFileSync('.env.example', 'utf8'));
  const explained = chapters.flatMap(({ settings }) => settings.map(({ name }) => name));
  const missing = VARIABLES.filter((name) => !isFileOfSecret(name) && !explained.includes(name));
  if (missing.length > 0) throw new Error(`.env.example does not explain ${missing.join(', ')}.`);
  return page(
    'Settings',
    '[`.env.example`](../../.env.example)',
    `Settings come from the environment and from \`.env\` in the folder where the desk is started (\`--env FILE\` names another); what is set in
the environment wins. Each secret can also be given as a file, by \`NAME_FILE\`: ${SECRETS.map((name) => `\`${name}\``).join(', ')}. What is
wrong is said all at once, by name, and the exit code is 78. A change takes a restart.`,
    ...chapters
      .filter(({ settings }) => settings.length > 0)
      .map(
        ({ title, settings }) =>
          `## ${title}\n\n${table(
            ['variable', 'default or example', 'what it is'],
            settings.map(({ name, value, about }) => [
              `\`${name}\``,
              value === '' ? '' : `\`${value}\``,
              cell(about),
            ]),
          )}`,
      ),
  );
}

const isFileOfSecret = (name: string): boolean =>
  SECRETS.some((secret) => name === `${secret}_FILE`);

interface Chapter {
  readonly title: string;
  readonly settings: Setting[];
}

function chaptersOf(text: string): readonly Chapter[] {
  const chapters: Chapter[] = [];
  let about: string[] = [];
  for (const line of text.split('\n')) {
    const [, title] = /^# --- (.+?) -+$/.exec(line) ?? [];
    const [, name, value = ''] = /^#?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
    if (title !== undefined) chapters.push({ title, settings: [] });
    if (title !== undefined || line === '') about = [];
    else if (name !== undefined && !isFileOfSecret(name)) {
      chapters.at(-1)?.settings.push({ name, value, about: about.join(' ') });
    } else if (name === undefined) about.push(line.replace(/^# ?/, ''));
  }
  return chapters;
}
