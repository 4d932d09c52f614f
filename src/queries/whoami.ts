import { identityWords } from '../changes/words.js';
import { bold, code, type Markup, mention, mrkdwn, sentence } from '../markup/markup.js';
import { type Document, fields, list, message } from '../markup/parts.js';
import type { Identified } from '../people/people.js';
import { rolesOf } from '../requests/decide.js';
import { type Command, commandLine, type Commands, commandsFor } from './command.js';
import { defineQuery, type Query } from './query.js';

export interface WhoShown {
  readonly slack: string;
  readonly said: Identified;
  readonly roles: readonly string[];
  readonly may: readonly Command[];
}

export const createWhoami = (commands: Commands): Query =>
  defineQuery({
    word: 'whoami',
    usage: 'whoami',
    summary: 'Who you are in Slack and Onezone, and what you may do.',
    spoken: { plainly: ['who am i', 'whoami'] },
    needs: null,
    asksOnezone: false,
    run: async (services, actor) => ({
      slack: actor.id,
      said: await services.people.identify(actor.id),
      roles: rolesOf(services.policy.current(), actor),
      may: commandsFor(services, actor, commands),
    }),
    answer: whoamiAnswer,
  });

export function whoamiAnswer({ slack, said, roles, may }: WhoShown): Document {
  const facts = [
    ['Slack', mrkdwn`${mention(slack)}, id ${code(slack)}`],
    ['Onezone', onezoneWords(said)],
    ['Roles', mrkdwn`${roles.join(', ') || 'none'}`],
  ] as const;
  const can = may.length === 0 ? [mrkdwn`Nothing.`] : may.map(commandLine);
  return message(mrkdwn`You are ${mention(slack)}; in Onezone: ${onezoneWords(said)}`, [
    fields(facts),
    list(bold('What you may do'), can),
  ]);
}

function onezoneWords(said: Identified): Markup {
  switch (said.kind) {
    case 'known':
      return identityWords(said.identity, { full: true });
    case 'refused':
      return sentence(said.refusal.message, { people: true });
    case 'unknown yet':
      return mrkdwn`The list of Onezone’s users is still being read.`;
  }
}
