import type { SlackState } from '../state.js';

/** How names are written: a command has `<@U1|lena>`, a message `<@U1>`. */
export type Spelling = 'command' | 'message';

/** Text as Slack passes it on: names become references, and its three control characters entities. */
export function escaped(state: SlackState, text: string, spelling: Spelling): string {
  const entities = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return entities
    .replace(
      /(?<![\w@])@([\w.-]+)/g,
      (whole, name: string) => person(state, name, spelling) ?? whole,
    )
    .replace(
      /(?<![\w#])#([\w-]+)/g,
      (whole, name: string) => channel(state, name, spelling) ?? whole,
    )
    .replace(/(?<![\w<])https?:\/\/[^\s]+/g, (url) => `<${url}>`);
}

function person(state: SlackState, name: string, spelling: Spelling): string | null {
  const user = Object.values(state.users).find((one) => one.name === name);
  if (user !== undefined) return spelling === 'command' ? `<@${user.id}|${name}>` : `<@${user.id}>`;
  const group = Object.values(state.usergroups).find((one) => one.handle === name);
  return group === undefined ? null : `<!subteam^${group.id}|@${name}>`;
}

function channel(state: SlackState, name: string, spelling: Spelling): string | null {
  const found = Object.values(state.channels).find((one) => one.name === name);
  if (found === undefined) return null;
  return spelling === 'command' ? `<#${found.id}|${name}>` : `<#${found.id}>`;
}
