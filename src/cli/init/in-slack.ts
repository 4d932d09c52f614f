import { ChatError } from '../../chat.js';
import { SCOPES } from '../../manifest.js';
import type { WorkspaceLook } from '../../slack/transport/workspace.js';
import { WrongAnswer } from './ask.js';

/** A name that a person knows, and the id that the policy needs. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whose token this is. Throws `WrongAnswer`. */
export async function checkBotToken(workspace: WorkspaceLook): Promise<string> {
  const { team, botName, scopes } = await asked(workspace.installation);
  const missing = SCOPES.filter((scope) => scopes !== null && !scopes.includes(scope));
  if (missing.length > 0) {
    throw new WrongAnswer(
      `The token lacks ${missing.join(', ')}. Save the manifest once more, then Install App, Reinstall to Workspace.`,
    );
  }
  return `${botName} in the workspace ${team}`;
}

export interface FoundChannel extends Named {
  readonly member: boolean;
}

/** Null for no text. Throws `WrongAnswer`. */
export async function findChannel(
  workspace: WorkspaceLook,
  text: string,
): Promise<FoundChannel | null> {
  if (text === '') return null;
  const channel = await asked(() => workspace.findChannel(text));
  if (channel === null) {
    throw new WrongAnswer(
      `There is no channel ${text}, or it is private and the bot is not in it: type /invite @Handle Desk there first.`,
    );
  }
  if (channel.archived) throw new WrongAnswer(`#${channel.name} is archived.`);
  return { id: channel.id, name: channel.name, member: channel.member };
}

/** By names, addresses or ids, separated by commas. Throws `WrongAnswer`. */
export async function findPeople(
  workspace: WorkspaceLook,
  text: string,
): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const word of wordsOf(text)) {
    const people = await asked(() => workspace.findPeople(word));
    const [one, other] = people;
    if (one === undefined) throw new WrongAnswer(`Nobody is called ${word}.`);
    if (other !== undefined) {
      const all = people.map(({ id, name }) => `${name} (${id})`).join(', ');
      throw new WrongAnswer(`${word} may be ${all}. Name one by id.`);
    }
    found.push(one);
  }
  return found;
}

export async function findGroups(
  workspace: WorkspaceLook,
  text: string,
): Promise<readonly Named[]> {
  const found: Named[] = [];
  for (const word of wordsOf(text)) {
    const group = await asked(() => workspace.findGroup(word));
    if (group === null) throw new WrongAnswer(`There is no user group ${word}.`);
    if (group.disabled) throw new WrongAnswer(`The user group @${group.handle} is disabled.`);
    found.push({ id: group.id, name: group.handle });
  }
  return found;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ChatError) throw new WrongAnswer(`Slack says ${error.code}.`);
    throw error;
  }
}
