import type { TypedWords } from '../../changes/form.js';
import type { Document } from '../../markup/parts.js';
import { nearest } from '../../nearest.js';
import { mustBeMember, mustMay } from '../../operations/authorize.js';
import { deskCommands } from '../../queries/desk-commands.js';
import { queries } from '../../queries/index.js';
import type { Query } from '../../queries/query.js';
import type { SlackUser } from '../../requests/request.js';
import type { Services } from '../../services.js';
import { didYouMeanAnswer } from '../surfaces/answers.js';
import type { CommandText } from './command-text.js';

/** The answer to what was typed after `/handle`, for those who may ask it; nothing typed asks for help. */
export async function answerQuery(
  services: Services,
  by: SlackUser,
  text: CommandText,
): Promise<Document> {
  const word = text.word === '' ? 'help' : text.word;
  const query = queries.find(word);
  if (query === null) return unknown(services, by, word);
  return runQuery(services, query, { by, text });
}

/** Throws the refusal of whoever may not ask it, and records it. */
export async function runQuery(
  services: Services,
  query: Query,
  { by, text }: { readonly by: SlackUser; readonly text: TypedWords },
): Promise<Document> {
  const { needs, word } = query;
  const actor =
    needs === null
      ? await mustBeMember(services, by, word)
      : // What it tells is not for others, so it is not told by what Slack said a while ago.
        await mustMay(services, by, { action: needs, what: word, fresh: true });
  return query.ask(services, actor, text);
}

async function unknown(services: Services, by: SlackUser, word: string): Promise<Document> {
  await mustBeMember(services, by, 'help');
  const words = [
    ...services.changes.all.flatMap(({ door }) => door.words),
    ...[...queries.all, ...deskCommands].map((command) => command.word),
  ];
  return didYouMeanAnswer(word, nearest(word, words, 3));
}
